"""What is spared at the start is there when it is asked for, and changes nothing."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import cli_environment, needs_c_parser

SPARE = "from kimplan.cli.spared import spare\nspare()\n"


def said(code: str, *, folder: Path | None = None) -> str:
    """Return what a new Python prints that runs `code`, with modules of `folder` before others."""
    if folder:
        code = f"import sys\nsys.path.insert(0, {str(folder)!r})\n{code}"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=cli_environment(PYTHONHASHSEED="0"),  # sets are shown in the same order
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


class TestModulesForLater:
    @pytest.mark.parametrize(
        ("asked", "loaded", "question", "answer"),
        [
            ("base64", "binascii", "base64.b64encode(b'a')", "b'YQ=='"),
            ("bz2", "_bz2", "len(bz2.compress(b''))", "14"),
            ("locale", "encodings.aliases", "locale.LC_ALL > -1", "True"),
            ("lzma", "_lzma", "lzma.CHECK_NONE", "0"),
            ("secrets", "hmac", "secrets.compare_digest('a', 'a')", "True"),
            ("subprocess", "selectors", "subprocess.call([sys.executable, '-c', ''])", "0"),
            ("ruamel.yaml", "ruamel.yaml.main", "ruamel.yaml.YAML(typ='safe').load('a: 1')",
             "{'a': 1}"),
        ],
    )  # fmt: skip
    def test_it_answers_when_it_is_asked(
        self, asked: str, loaded: str, question: str, answer: str
    ) -> None:
        code = (
            f"{SPARE}import sys\nhad = {loaded!r} in sys.modules\nimport {asked}\nimport {asked}\n"
            f"print({loaded!r} in sys.modules and not had)\nprint({question})\n"
            f"print({loaded!r} in sys.modules)\n"
            f"print(sys.modules[{asked!r}] is {asked}, '__getattr__' in vars({asked}))\n"
        )
        assert said(code).splitlines() == ["False", answer, "True", "True False"]

    def test_a_name_is_taken_from_it_at_once(self) -> None:
        assert said(f"{SPARE}from subprocess import PIPE\nprint(PIPE)") == "-1\n"
        assert said(f"{SPARE}from base64 import *\nprint(b64decode('YQ=='))") == "b'a'\n"

    def test_what_it_does_not_have_is_said_as_ever(self) -> None:
        code = f"{SPARE}import secrets\ntry: secrets.none\nexcept AttributeError as e: print(e)"
        assert said(code) == "module 'secrets' has no attribute 'none'\n"

    def test_what_was_put_into_it_before_stays(self) -> None:
        code = "import subprocess\nsubprocess.run = 1\nprint(subprocess.PIPE, subprocess.run)"
        assert said(SPARE + code) == "-1 1\n"

    def test_its_source_is_found(self) -> None:
        code = "import inspect, secrets\nprint(inspect.getsource(secrets.randbelow)[:14])"
        assert said(SPARE + code) == "def randbelow(\n"

    def test_all_threads_that_ask_are_answered(self) -> None:
        code = (
            "import threading, subprocess\ngate = threading.Barrier(8)\nfound = []\n"
            "def ask():\n    gate.wait()\n    found.append(subprocess.list2cmdline(['a']))\n"
            "threads = [threading.Thread(target=ask) for _ in range(8)]\n"
            "for one in threads: one.start()\nfor one in threads: one.join()\nprint(found)"
        )
        assert said(SPARE + code) == f"{['a'] * 8}\n"

    def test_it_may_stand_in_an_archive(self, tmp_path: Path) -> None:
        archive = tmp_path / "modules.zip"
        with zipfile.ZipFile(archive, "w") as made:
            made.writestr("secrets.py", "print('loaded')\nword = 'hush'\n")
        code = "import secrets\nprint('imported')\nprint(secrets.word)"
        assert said(SPARE + code, folder=archive) == "imported\nloaded\nhush\n"

    def test_it_can_be_asked_again_where_it_could_not_be_loaded(self, tmp_path: Path) -> None:
        (tmp_path / "secrets.py").write_text("import sys\nword = sys.word\n")
        code = (
            "import sys\nimport secrets\ntry: secrets.word\nexcept AttributeError as e: print(e)\n"
            "sys.word = 'hush'\nprint(secrets.word)"
        )
        assert said(SPARE + code, folder=tmp_path) == "module 'sys' has no attribute 'word'\nhush\n"

    def test_a_module_that_is_not_installed_is_none(self) -> None:
        code = (
            "import sys\nsys.path[:] = sys.path[-1:]\nsys.path_hooks.clear()\n"
            "sys.path_importer_cache.clear()\nsys.modules.pop('bz2', None)\n"
            "try: import bz2\nexcept ModuleNotFoundError as e: print(e)"
        )
        assert said(SPARE + code) == "No module named 'bz2'\n"


class TestYaml:
    def test_the_pure_parser_gives_its_events(self) -> None:
        code = (
            "from kimplan.source.events import next_event\nget = next_event('a: 1', pure=True)\n"
            "print(len(list(iter(get, None))))"
        )
        assert said(SPARE + code) == said(code) == "8\n"

    def test_what_reads_a_plan_leaves_the_package_out(self) -> None:
        code = (
            "import sys, kimplan.linter\nprint(sorted(name for name in sys.modules if name in "
            "('ruamel.yaml.main', 'ruamel.yaml.loader', 'hmac', 'importlib.metadata')))"
        )
        assert said(SPARE + code) == "[]\n"

    ERRORS = """
import io, sys, _ruamel_yaml
from kimplan.source.events import HAS_C_PARSER
names = "composer constructor emitter parser representer scanner serializer".split()
places = {"__firstlineno__", "__static_attributes__"}  # what Python 3.13 notes of a class's lines
loaded = {"ruamel.yaml.comments", "ruamel.yaml.scalarstring"} & set(sys.modules)
from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError
for name in names:
    module = sys.modules["ruamel.yaml." + name]
    error = getattr(module, name.capitalize() + "Error")
    has = sorted(vars(error).keys() - places)
    about = error, error.__bases__, has, error.__doc__, error.__qualname__
    print(*about, getattr(_ruamel_yaml, error.__name__, error) is error)
for pure in (True, False):
    for text in ("a: [b", "a: b: c", "a: *b", "a: 1\\na: 2", "!!python/none a", "a: \\0"):
        try: YAML(typ="safe", pure=pure).load(text)
        except Exception as error: print(type(error).__mro__, error)
written = io.StringIO()
YAML().dump(YAML().load("a: 1 # one\\nb: [2]\\n"), written)
print(written.getvalue())
try: YAML(typ="safe").dump(object(), written)
except Exception as error: print(type(error), type(error).__mro__)
"""

    @needs_c_parser
    def test_the_errors_are_those_of_the_whole_package(self) -> None:
        spared = said(f"{SPARE}{self.ERRORS}print(*loaded)")
        assert spared.endswith("\n\n")
        assert spared == said(self.ERRORS) + "\n"
        assert "ruamel.yaml.parser.ParserError" in spared


class TestModels:
    ABOUT = (
        "import re\nfrom typing import Annotated, Literal\nfrom pydantic import BaseModel, Field\n"
        "import kimplan.model.plan, kimplan.model.recommendation, kimplan.loader, kimplan.schema\n"
        "class Item(BaseModel):\n"
        "    title: Annotated[str, Field(min_length=2, pattern='[a-z]+')]\n"
        "    due: list[int] | dict[str, Literal['a']] | None = None\n"
        "print(Item.model_json_schema(), Item.model_json_schema(mode='serialization'))\n"
        "found = BaseModel.__subclasses__()\n"
        "for model in found:\n"
        "    found += model.__subclasses__()\n"
        "    model.model_rebuild(force=True)\n"
        "    core = repr(model.__pydantic_core_schema__)\n"
        "    print(model.__name__, re.sub(' at 0x[0-9a-f]+|:[0-9]{9,}', '', core))\n"
        "    try: model.model_validate({'ref': 1, 'rag': [], 'due': '2024-02-30', 'title': ''})\n"
        "    except ValueError as error: print(error)\n"
        "    print(re.sub(' at 0x[0-9a-f]+', '', repr(model.__pydantic_fields__)))\n"
        "for name in kimplan.schema.MODELS: print(kimplan.schema.schema_text(name))\n"
    )

    def test_they_are_the_same_with_and_without(self) -> None:
        spared = said(SPARE + self.ABOUT)
        assert "Recommendation {'type': 'model'" in spared
        assert spared == said(self.ABOUT)

    ATTRIBUTES = """
import copy, pickle
from kimplan.model.fields import PlanModel
from kimplan.model.plan import Owner
import kimplan.model.plan, kimplan.model.recommendation
found = [PlanModel]
for model in found:
    found += model.__subclasses__()
    assert not model.__private_attributes__ and model.model_config["extra"] == "forbid"
print(len(found) > 10)
one = Owner.model_validate({"role": "Chair"})
print(one, one.role, one.model_fields_set, one.model_extra, one.__pydantic_private__)
print(one.model_copy(update={"role": "Head"}), copy.deepcopy(one) == one, one.model_dump())
print(pickle.loads(pickle.dumps(one)) == one, Owner.model_construct(role="A").role)
print(hasattr(one, "none"), hasattr(one, "_none"), getattr(one, "none", 0))
print(Owner.model_fields.keys())
for name in ("none", "_none", "__none__"):
    try: getattr(one, name)
    except AttributeError as error: print(error)
"""

    def test_their_attributes_are_found_the_same_with_and_without(self) -> None:
        spared = said(SPARE + self.ATTRIBUTES)
        assert spared.startswith("True\n")
        assert spared == said(self.ATTRIBUTES)

    def test_the_shapes_of_schemas_are_not_computed(self) -> None:
        code = (
            "import typing\nimport pydantic_core.core_schema as made\n"
            "print(typing.is_typeddict(made.CoreConfig), made.CoreConfig(strict=True), "
            "type(made.CoreConfig()).__name__)\n"
            "print(made.definitions_schema(made.any_schema(), []))\n"
            "print(typing.is_typeddict(typing.TypedDict('A', {'b': int})))"
        )
        said_then = said(SPARE + code).splitlines()
        assert said_then == ["False", *said(code).splitlines()[1:]] or said_then == [
            "False {'strict': True} dict",
            "{'type': 'definitions', 'schema': {'type': 'any'}, 'definitions': []}",
            "True",
        ]

    def test_typed_dicts_are_there_again_whatever_happens(self, tmp_path: Path) -> None:
        package = tmp_path / "pydantic_core"
        package.mkdir()
        (package / "__init__.py").write_text("")
        (package / "core_schema.py").write_text(
            "import typing\nprint(typing.TypedDict.__name__)\nraise ImportError('not today')\n"
        )
        code = (
            "import typing, typing_extensions\n"
            "real = typing.TypedDict, typing_extensions.TypedDict\n"
            "try: import pydantic_core.core_schema\nexcept ImportError as error: print(error)\n"
            "print(real == (typing.TypedDict, typing_extensions.TypedDict))"
        )
        assert said(SPARE + code, folder=tmp_path) == "_Shape\nnot today\nTrue\n"


class TestDataclasses:
    ABOUT = """
import dataclasses, inspect, pickle
from dataclasses import dataclass, field

@dataclass(frozen=True, slots=True, order=True)
class Point:
    x: int
    y: int = field(default=2, repr=False)

@dataclass
class Box:
    points: list[Point] = field(default_factory=list)
    box: "Box | None" = None

    def __post_init__(self):
        self.size = len(self.points)

a, b = Point(1), Point(1, 3)
print(a, a == Point(1), a == b, a < b, a >= b, hash(a) == hash(Point(1)), a != 1)
for what in ("a.x = 3", "del a.x", "a.z = 1", "Point()", "a < 1", "hash(Box())"):
    try: exec(what)
    except Exception as error: print(type(error).__name__, error)
box = Box([a]); box.box = box
print(box, box == Box([a]), box.size, Box() == Box())
print(dataclasses.replace(b, x=9), dataclasses.asdict(b), dataclasses.fields(Point)[1].name)
print(inspect.signature(Point), Point.__doc__, Point.__match_args__, Point.__eq__.__qualname__)
print(pickle.loads(pickle.dumps(b)) == b, {a: 1}[Point(1)], sorted([b, a])[0] is a)
"""

    def test_they_behave_the_same_with_and_without(self) -> None:
        spared = said(SPARE + self.ABOUT)
        assert spared.startswith("Point(x=1) True False True False True True\n")
        assert "FrozenInstanceError cannot assign to field 'x'\n" in spared
        assert spared == said(self.ABOUT)

    @pytest.mark.skipif(sys.version_info >= (3, 13), reason="this Python makes them at once")
    def test_their_methods_are_made_when_they_are_called(self) -> None:
        code = (
            "import annotated_types\n"
            "print(annotated_types.Gt.__repr__.__wrapped__.__module__)\n"
            "print(annotated_types.Gt(1))"
        )
        assert said(SPARE + code) == "kimplan.cli.spared\nGt(gt=1)\n"


class TestNamedTuples:
    CODE = """
from typing import Generic, NamedTuple, TypeVar, get_type_hints
T = TypeVar("T")
class Usual(NamedTuple):
    '''What it is.'''
    a: int
    b: list[str] = []
    @property
    def c(self): return self.a + 1
class Of(NamedTuple, Generic[T]):
    a: T
one = Usual(1)
print(one, one.c, one._replace(b=["x"]), Usual.__doc__, Usual.__bases__, Usual.__mro__)
print(Usual._fields, Usual._field_defaults, get_type_hints(Usual), Usual.__qualname__)
print(sorted(vars(Usual)), Of[int](1), Of.__bases__)
for wrong in ("a: int = 1\\n b: int", "_make: int = 1", "def _make(self): pass"):
    try:
        exec(f"class Wrong(NamedTuple):\\n {wrong}")
    except Exception as error:
        print(type(error), error)
"""

    def test_are_what_they_are_otherwise(self) -> None:
        future = "from __future__ import annotations\n"
        assert said(f"{future}{SPARE}{self.CODE}") == said(f"{future}{self.CODE}")
