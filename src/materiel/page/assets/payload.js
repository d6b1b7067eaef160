// The data block: JSON as it stands, or deflated when it is large.
const unpacked = async (block) => {
  if (block.dataset.packed !== "deflate") return block.textContent;
  const bytes = Uint8Array.from(atob(block.textContent.trim()), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
};

const readPayload = async () => {
  const block = byId("materiel-data");
  const data = JSON.parse(await unpacked(block));
  // What was read is in memory now; a large block would be held twice.
  if (block.dataset.packed === "deflate") block.textContent = "";
  return data;
};
