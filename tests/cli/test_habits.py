"""What the repository keeps for those who work on it: workflows, forms, documents as a site."""

import os
import re
import subprocess
import sys

import pytest
from ruamel.yaml import YAML

from zaiti.places import ROOT

GITHUB, GITEE = ROOT / ".github/workflows/test.yml", ROOT / ".workflow/test.yml"
README = (ROOT / "README.md").read_text()
PARTS = re.compile(r'make test TESTS="([^"]+)"')


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", ".github/workflows/*.yml"),
        ("vendor.github-issue-forms", ".github/ISSUE_TEMPLATE/*.yml"),
    ],
)
def test_workflows_and_forms_keep_to_their_schema(schema, files):
    check = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        schema,
        *map(str, ROOT.glob(files)),
    ]
    done = subprocess.run(check, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def github_parts() -> list[str]:
    matrix = YAML(typ="safe").load(GITHUB)["jobs"]["test"]["strategy"]["matrix"]
    return [" ".join(part["tests"].split()) for part in matrix["include"]]


def test_the_parts_of_both_workflows_are_all_the_tests():
    assert github_parts() == PARTS.findall(GITEE.read_text())
    *some, rest = (part.split() for part in github_parts())
    taken = [folder for part in some for folder in part]
    assert all((ROOT / folder).is_dir() for folder in taken)
    assert rest == ["tests", *(f"--ignore={folder}" for folder in taken)]


def test_the_documents_build_as_a_site_and_all_of_them_are_in_its_menu(tmp_path):
    build = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--quiet",
        "--strict",
        "--site-dir",
        str(tmp_path / "site"),
    ]
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(build, cwd=ROOT, env=quiet, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    menu = set(re.findall(r": ([\w-]+\.md)$", (ROOT / "mkdocs.yml").read_text(), re.M))
    assert {page.name for page in (ROOT / "docs").glob("*.md")} <= menu
    assert (tmp_path / "site/deploy/nginx.conf").read_text() == (ROOT / "deploy/nginx.conf").read_text()


def test_the_picture_of_the_product_is_there_and_light():
    assert "](docs/picture.webp)" in README[: README.index("## ")]
    assert (ROOT / "docs/picture.webp").stat().st_size < 150_000


def test_git_ignores_nothing_of_the_source():
    """What git ignores the wheel leaves out, and the formatters pass by."""
    asked = ["git", "ls-files", "--cached", "--ignored", "--exclude-standard", "--", "src", "docs", "tests"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == ""


def test_hooks_run_tools_that_are_there():
    hooks = YAML(typ="safe").load(ROOT / ".pre-commit-config.yaml")["repos"][0]["hooks"]
    tools = {hook["entry"].split()[0] for hook in hooks}
    assert {tool for tool in tools if not (ROOT / tool).exists()} == set()
