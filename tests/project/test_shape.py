"""The shape of the project: what must be true of the tree, whoever changes it."""

import ast
import importlib.metadata
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = {
    "site/samvaro", "site/pages", "site/reports", "site/payments", "site/mail", "site/privacy",
    "site/prose",
    "members", "events", "volunteers", "newsletters",
}  # fmt: skip
# Lines. What grows past this becomes a package, named by the domain.
LONGEST_FILE = 300
LONGEST_FUNCTION = 40


def tracked(*patterns: str) -> list[Path]:
    """The files of the project, committed or about to be; a clean clone without git has all."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def source() -> list[Path]:
    return [
        path
        for path in tracked("*.py")
        if "migrations" not in path.parts and path.relative_to(ROOT).parts[0] != "tests"
    ]


def test_the_folder_site_is_not_a_package() -> None:
    assert not (ROOT / "site" / "__init__.py").exists()


def test_every_app_is_packed_and_installed() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    packed = re.search(r"packages = \[(.*?)\]", text, re.S)
    assert packed is not None
    assert set(re.findall(r'"([^"]+)"', packed[1])) == APPS
    for app in APPS:
        assert (ROOT / app / "__init__.py").is_file()


def test_no_dependency_hides_one_of_our_packages() -> None:
    ours = {Path(app).name for app in APPS}
    others = importlib.metadata.packages_distributions()
    hidden = {
        name: found for name in ours for found in [others.get(name, [])] if set(found) - {"samvaro"}
    }
    assert hidden == {}


def test_every_folder_of_tests_is_a_package() -> None:
    folders = {path.parent for path in tracked("tests/*.py", "tests/**/*.py")}
    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


def test_lock_files_have_hashes_and_no_address() -> None:
    for lock in ("base.txt", "dev.txt"):
        text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
        assert "://" not in text
        pinned = re.findall(r"^[a-z0-9][\w.\[\]-]*==", text, re.M)
        assert len(pinned) > 40
        assert text.count("--hash=sha256:") >= len(pinned)


def test_only_celery_knows_the_clock_and_services_never_call_it() -> None:
    callers = [
        path.relative_to(ROOT).as_posix()
        for path in source()
        if re.search(r"\.(delay|apply_async)\(", path.read_text(encoding="utf-8"))
    ]
    assert callers == ["site/mail/receivers.py"]


def test_nothing_marks_typed_text_as_safe_html() -> None:
    unsafe = re.compile(
        r"mark_safe|\|\s*safe\b|autoescape off|@csrf_exempt|RawHTMLBlock|TableBlock"
    )
    found = [
        path.relative_to(ROOT).as_posix()
        for path in [*source(), *tracked("*.html")]
        if unsafe.search(path.read_text(encoding="utf-8"))
        and "bench" not in path.parts
        and "tests" not in path.parts
    ]
    # The copy of the crisis page carries our own stylesheet inside it.
    assert found == ["site/pages/templates/pages/crisis_copy.html"]


def test_files_and_functions_stay_short() -> None:
    long_files, long_functions = [], []
    for path in source():
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(ROOT).as_posix()
        if len(text.splitlines()) > LONGEST_FILE and name not in KNOWN_LONG_FILES:
            long_files.append(name)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno
                if length > LONGEST_FUNCTION:
                    long_functions.append(f"{name}:{node.name} {length}")
    assert (long_files, long_functions) == ([], [])


# One settings file is easier to read than four; it is a list.
KNOWN_LONG_FILES = {"site/samvaro/settings.py"}


def test_the_clock_names_tasks_that_exist() -> None:
    from samvaro.clock import WORK

    assert [work.name for work in WORK if not callable(work.function())] == []


@pytest.mark.parametrize("document", ["README.md", "docs/architecture.md", "docs/testing.md"])
def test_documents_name_only_files_that_exist(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    named = re.findall(
        r"`((?:site|events|members|mail|privacy|pages|samvaro|tests|docs|bench)/[\w/.-]+?)`", text
    )
    missing = [
        name
        for name in named
        if not (ROOT / name.rstrip("/")).exists()
        and not (ROOT / "site" / name.rstrip("/")).exists()
    ]
    assert missing == []


def test_every_make_target_of_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.M))
    named = set(re.findall(r"`make ([a-z-]+)`", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert named - targets == set()


def test_the_repository_speaks_of_the_product_alone() -> None:
    host = re.compile(r"(?<![\w.])/(?:root|home)/\w|pypi\.org|npmjs\.org|pythonhosted", re.I)
    found = [
        path.relative_to(ROOT).as_posix()
        for path in tracked()
        if path.suffix in {".py", ".md", ".toml", ".txt", ".html", ".sh", ""}
        and path.name != "test_shape.py"
        and host.search(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []
