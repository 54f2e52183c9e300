"""Records in odd layouts, each sound, amber and due in July 2024, and owned by A and B."""

from __future__ import annotations

HEAD = "ref: REC1\nsection: governance\ntitle: Keep a register.\nresponse: It is being built.\n"
OWNERS = "owners:\n  - Company Secretary\n  - Data Manager\n"
TAIL = f"rag: amber\ndue: 2024-07\n{OWNERS}"
NOTE = "progress:\n  - {on: 2024-02-01, by: A, note: Begun.}\n"
MOVE = "revisions:\n  - {from: 2024-03, to: 2024-07, reason: Re-planned., on: 2024-02-02}\n"

LAYOUTS = {
    "plain": HEAD + TAIL,
    "history": HEAD
    + TAIL
    + "evidence:\n  - {title: Draft, link: https://example.org/d}\n".replace(
        "https://example.org/d", '"https://example.org/d"'
    )
    + NOTE
    + MOVE,
    "comments between keys": "# top\n\n# of the ref\nref: REC1\n# s\nsection: governance\n\n"
    "# t\ntitle: Keep a register.\n# r\n\nresponse: It is being built.\n# above rag\nrag: amber\n"
    "# above due\ndue: 2024-07\n# above owners\nowners:\n  # first\n  - Company Secretary\n"
    "  # second\n  - Data Manager\n  # left in May\n# above progress\nprogress:\n"
    "  - {on: 2024-02-01, note: Begun.}\n\n# foot\n",
    "comments behind values": "ref: REC1  # its number\nsection: governance # s\n"
    "title: Keep a register.   # t\nresponse: It is being built.  # r\n"
    "rag: amber                  # red | amber | green | not-applicable\n"
    "due: 2024-07                # 2024-07-31, 2024-07\nowners:  # who\n"
    "  - Company Secretary  # since May\n  - Data Manager  # since June\n"
    "progress:  # oldest first\n  - {on: 2024-02-01, note: Begun.}  # n\n"
    "revisions: # every move\n  - {from: 2024-03, to: 2024-07, reason: R., on: 2024-02-02} # m\n",
    "quoted keys and values": "\"ref\": 'REC1'\n'section': \"governance\"\n"
    "\"title\": 'Keep a register.'\n'response': \"It is being built.\"\n\"rag\": 'amber'\n"
    '\'due\': "2024-07"\n"owners":\n  - \'Company Secretary\'\n  - "Data Manager"\n'
    "'progress':\n  - {'on': '2024-02-01', \"note\": \"Begun.\"}\n",
    "flow lists": HEAD + "rag: amber\ndue: 2024-07\nowners: [Company Secretary, Data Manager]\n"
    "evidence: [{title: Draft}]\nprogress: [{on: 2024-02-01, note: Begun.}]  # notes\n"
    "revisions: [ {from: 2024-03, to: 2024-07, reason: R., on: 2024-02-02} ]\n",
    "flow lists on lines": HEAD + "rag: amber\ndue: 2024-07\nowners: [\n    Company Secretary,"
    "  # a\n    Data Manager  # b\n  ]\nprogress: [\n  {on: 2024-02-01,\n   note: Begun.},\n]\n"
    "revisions:\n  [{from: 2024-03, to: 2024-07, reason: R., on: 2024-02-02},\n  ]\n",
    "empty lists": HEAD + TAIL + "evidence: []\nprogress: []  # none yet\n"
    "revisions: [ ]\nactions: []\n",
    "nothing behind keys": HEAD + TAIL + "evidence:\nprogress:   # none\n  # yet\nrevisions: ~\n",
    "lists not indented": HEAD + "rag: amber\ndue: 2024-07\nowners:\n- Company Secretary\n"
    "- Data Manager\n# n\nprogress:\n- on: 2024-02-01\n  note: Begun.\nrevisions:\n"
    "- from: 2024-03\n  to: 2024-07\n  reason: |\n    Re-planned.\n  on: 2024-02-02\n",
    "lists far in": HEAD + "rag: amber\ndue: 2024-07\nowners:\n      -   Company Secretary\n"
    "      -   Data Manager\nprogress:\n    -\n      on: 2024-02-01\n      note: Begun.\n"
    "    -   on: 2024-02-02\n        note: >\n          Folded\n          text.\n\n\nevidence:\n"
    "    - # a comment behind a dash\n      title: Draft\n",
    "several lines": "ref: REC1\nsection: governance\ntitle: Keep\n  a\n  register.\nresponse: It\n"
    "  is being\n\n  built.   # so far\nrag:\n  amber\ndue:\n    2024-07\nowners:\n  - Company\n"
    "    Secretary\n  - Data Manager\nprogress:\n  - on: 2024-02-01\n    note: Some\n      more\n"
    "      words.\n",
    "blocks of text": "ref: REC1\nsection: governance\ntitle: >-\n  Keep a\n  register.\n"
    "detail: |+\n  Kept lines.\n\n\nresponse: |2  # indented\n   One more.\n\n"
    "  It is being built.\n\n\n# above rag\nrag: amber\ndue: 2024-07\n"
    + OWNERS
    + "progress:\n  - on: 2024-02-01\n"
    "    note: |\n      Begun.\n\n      - with a list\n\n# foot\n",
    "odd order": "owners:\n  - Company Secretary\n  - Data Manager\ndue: 2024-07\nprogress:\n"
    "  - {on: 2024-02-01, note: Begun.}\nrag: amber\nresponse: It is being built.\n"
    "title: Keep a register.\nsection: governance\nref: REC1\n",
    "tabs": "ref:\tREC1\nsection: governance\t# s\ntitle: Keep\ta register.\n"
    "response: |\n  It is\tbeing built.\n  \n\t\nrag: amber\t# r\t\ndue:\t2024-07\nowners:\n"
    "  -\tCompany Secretary\n  - Data Manager\t\n",
    "trailing spaces": "ref: REC1  \nsection: governance \ntitle: Keep a register. \n"
    "response: |  \n  It is being built.  \n  \nrag: amber  \ndue: 2024-07   \nowners:   \n"
    "  - Company Secretary  \n  - Data Manager \n   \n",
    "ignores": "# kimplan: ignore-file KP6 - quoted\nref: REC1\nsection: governance\n"
    "title: Keep a register.\nresponse: |  # kimplan: ignore KP603 - quoted\n  It is being built.\n"
    "rag: amber\n# kimplan: ignore KP203 - promised before\ndue: 2024-07\nowners:\n"
    "  - Company Secretary  # kimplan: ignore KP405 - why\n  # kimplan: ignore KP403 - so\n"
    "  - Data Manager\n",
    "indented": "".join(f"   {line}\n" for line in (HEAD + TAIL + NOTE).splitlines()),
    "markers": f"---\n{HEAD}{TAIL}{NOTE}...\n",
    "other letters": "ref: REC1\nsection: governance\ntitle: Façade – “keep” a 🏠 register.\n"
    "response: Прогресс идёт.\nrag: amber  # — ünïcödé 🏠\ndue: 2024-07\nowners:\n"
    "  - Company Secretary  # 🏠🏠\n  - Data Manager\nprogress:\n"
    "  - {on: 2024-02-01, note: “Begun” – 🏠.}\n",
    "actions": HEAD + TAIL + "actions:\n  - title: One\n    owner: Data Manager\n"
    "    due: 2024-06\n  - {title: Two, done: 2024-05-01}\n",
    "blank lines": "\n\n" + HEAD.replace("\n", "\n\n\n") + TAIL.replace("\n", "\n\n") + "\n\n\n",
    "braces": "{ref: REC1, section: governance, title: Keep a register., response: 'It is.',\n"
    "  rag: amber,  # r\n  due: 2024-07, owners: [Company Secretary,\n  Data Manager]}\n",
    "comment at the foot": HEAD + TAIL + "  # deeper\n# not deeper\n",
    "values below": "ref:\n  REC1\nsection:\n  # of plan.yaml\n  governance\ntitle: Keep a "
    "register.\nresponse:\n  # the answer\n  It is being built.\nrag: amber\n"
    "due:  # when\n  2024-07\n" + OWNERS,
}
