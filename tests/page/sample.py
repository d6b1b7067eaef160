"""A small invented page that has one of everything, for tests."""

from __future__ import annotations

import random

from materiel.page.model import Agreement, Conflict, Link, Node, Page, Party, Side, Source, Step
from materiel.page.story import Story, StoryStep

BASE = "https://w3id.org/materiel/id/"

NODES = (
    Node(
        "aurora", "Aurora Werke", BASE + "aurora", ("Aurora AG", "Аврора"), "company", "DE", None, "Maker of vehicles."
    ),
    Node("borealis", "Borealis Łódź", BASE + "borealis", ("Борealis",), "company", "PL"),
    Node("mod-ua", "Ministry of Defence of Ukraine", BASE + "mod-ua", ("Міністерство оборони",), "ministry", "UA"),
    Node("gov-ua", "Government of Ukraine", BASE + "gov-ua", (), "government", "UA"),
    Node("umerov", "Rustem Umerov", BASE + "umerov", ("Рустем Умєров",), "person", "UA"),
    Node("shell", "155 mm shell", BASE + "shell", (), "product", None, "artillery-ammunition"),
    Node("drone", "Reconnaissance drone", BASE + "drone", (), "product", None, "uav"),
    Node("venture", "Aurora Ukraine LLC", BASE + "venture", (), "joint-venture", "UA"),
    Node("plant", "Plant in the west", BASE + "plant", (), "facility", "UA"),
    Node("forum", "Industries Forum", BASE + "forum", (), "event"),
    Node("unnamed", "Unnamed partner", BASE + "unnamed", (), "company", undisclosed=True),
    Node("lone", "Lone Institute", BASE + "lone", (), "research-org", "SE"),
)

SOURCES = {
    "s1": Source("Joint venture signed", "https://news.example/jv", "Example News", "2023-10-18", "en", "example"),
    "s2": Source("Спільне підприємство", "https://novyny.example/1", "Новини", "2023-11-02", "uk", "novyny"),
    "s3": Source(
        "Talks held", "http://wire.example/t", "Wire", "2022-05-01", "de", "wire", "https://archive.example/t"
    ),
    "s4": Source("Undated page", "https://undated.example/", "Undated", None, "en", "undated"),
}

AGREEMENTS = (
    Agreement(
        "jv", "Aurora joint venture", "joint-venture", BASE + "jv",
        (Party("aurora", "partner", 51), Party("gov-ua", "partner", 49), Party("venture", "venture")),
        ("shell",), "plant", "EUR 1,000,000",
        (
            Step("reported", "2022-04", "2022-04-01", "2022-04-30", "Talks reported", "Rustem Umerov", ("s3",), 1),
            Step("negotiating", "2023-05", "2023-05-01", "2023-05-31", "Terms discussed", None, ("s3",), 1),
            Step("signed", "2023-10-18", "2023-10-18", "2023-10-18", "Venture signed", "Aurora", ("s1", "s2"), 2),
            Step("reported", "2024-01", "2024-01-01", "2024-01-31", "Work said to begin", None, ("s4",), 1),
        ),
        (Conflict("Share told as 51 and as 50", "share", "open", (Side("51 per cent", ("s1",)), Side("50 per cent", ("s2",)))),),
        2, disputed=True,
    ),
    Agreement(
        "mou", "Drone memorandum", "memorandum", BASE + "mou", (Party("borealis", "signatory"), Party("mod-ua", "signatory")),
        ("drone",), None, "", (Step("announced", "2024-02-29", "2024-02-29", "2024-02-29", "To be signed", None, ("s4",), 1),), (), 1,
    ),
    Agreement(
        "talks", "Talks on shells", "talks", BASE + "talks", (Party("aurora", "partner"), Party("gov-ua", "partner")),
        ("shell",), None, "", (Step("negotiating", "2022-05", "2022-05-01", "2022-05-31", "Talks", None, ("s3",), 1),), (), 1,
    ),
    Agreement(
        "hidden", "Deal with a withheld name", "supply-contract", BASE + "hidden", (Party("unnamed", "supplier"), Party("mod-ua", "customer")),
        (), None, "", (Step("suspended", "2024-03", "2024-03-01", "2024-03-31", "Halted", None, ("s1",), 1),), (), 1,
    ),
)  # fmt: skip

RELATIONS = (
    Link(
        "r-heads",
        "umerov",
        "mod-ua",
        "heads",
        role="Minister",
        valid_from="2023-09-06",
        sources=("s1", "s2"),
        origins=2,
    ),
    Link("r-part", "mod-ua", "gov-ua", "part-of", sources=("s4",), origins=1),
    Link("r-forum", "aurora", "forum", "attended", sources=("s1",), origins=1),
    Link("r-owns", "aurora", "venture", "owns", share=51, sources=("s1",), origins=1),
)

STORY = Story(
    "How it began",
    (
        StoryStep("First reports", as_of="2022-04"),
        StoryStep("The venture is signed", as_of="2023-10", select="jv"),
        StoryStep("Around the firm", focus="aurora", depth=1, query="deals-of"),
    ),
)


def sample_page() -> Page:
    return Page(
        "Sample network", NODES, AGREEMENTS, RELATIONS, SOURCES, ("All days, all sources",), "sample 1", licence="CC BY 4.0", story=STORY,
    )  # fmt: skip


def random_page(size: int, seed: int = 1, steps: int = 2) -> Page:
    """Return a synthetic page: preferential attachment within communities, about one and a half links a node."""
    rng = random.Random(seed)
    types = ["company"] * 6 + ["product", "person", "facility", "ministry", "state-enterprise", "joint-venture"]
    nodes = [
        Node(
            f"n{i}",
            f"Example {words(rng)} {i}",
            BASE + f"n{i}",
            (),
            rng.choice(types),
            rng.choice(["DE", "UA", "US", "FR"]),
        )
        for i in range(size)
    ]
    sources = {
        f"s{i}": Source(
            f"Page {i}",
            f"https://site{i % 97}.example/{i}",
            f"Site {i % 97}",
            f"20{14 + i % 12}-{1 + i % 12:02}-11",
            "en",
            f"o{i % 50}",
        )
        for i in range(max(size // 3, 1))
    }
    keys, groups = list(sources), max(size // 60, 1)
    deals: list[Agreement] = []
    ends: list[list[int]] = [[] for _ in range(groups)]
    for i in range(size):
        group = i % groups
        pool = ends[group] if ends[group] and rng.random() < 0.93 else ends[rng.randrange(groups)]
        other = rng.choice(pool) if pool else (i - groups) % size
        ends[group] += [i, other]
        for target in [other, *([rng.choice(ends[group])] if rng.random() < 0.57 else [])]:
            if target == i:
                continue
            kind = rng.choice(["supply-contract", "memorandum", "joint-venture", "investment"])
            days = sorted(f"20{rng.randrange(14, 26)}-{rng.randrange(1, 13):02}" for _ in range(steps))
            told = [
                Step(
                    rng.choice(["reported", "announced", "signed", "operational"]),
                    day,
                    day + "-01",
                    day + "-28",
                    f"Claim {i}",
                    None,
                    (rng.choice(keys),),
                    1,
                )
                for day in days
            ]
            deals.append(
                Agreement(
                    f"d{len(deals)}",
                    f"Deal {len(deals)}",
                    kind,
                    "",
                    (Party(f"n{i}"), Party(f"n{target}")),
                    (),
                    None,
                    "",
                    tuple(told),
                    (),
                    rng.randrange(1, 4),
                    rng.random() < 0.1,
                )
            )
    return Page(f"Synthetic {size}", tuple(nodes), tuple(deals), (), sources, ("synthetic",), "synthetic")


def words(rng: random.Random) -> str:
    return (
        rng.choice(["Nord", "Süd", "Kharkiv", "Łódź", "Alpha", "Delta", "Gamma", "Orion"])
        + " "
        + rng.choice(["Werke", "Systems", "Works", "Group"])
    )
