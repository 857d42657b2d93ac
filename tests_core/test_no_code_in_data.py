"""Nothing that people store is run, and no text becomes markup: read in the sources, whatever the tests try."""

import ast
import re
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parents[1]
ADDONS = [path for path in ROOT.iterdir() if (path / "__manifest__.py").exists()]
RUNS = {"eval", "exec", "compile", "safe_eval", "literal_eval", "test_python_expr", "__import__"}
UNPACKS = {"pickle", "marshal", "shelve", "subprocess", "os.system", "yaml"}


def sources(*suffixes, folder=""):
    for addon in ADDONS:
        for path in (addon / folder).rglob("*"):
            tests = {"tests", "demo", "cli"} & set(path.relative_to(addon).parts)
            if path.suffix in suffixes and not tests:
                yield path


def calls(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def name_of(call):
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def test_there_are_sources():
    assert len(list(sources(".py"))) > 100
    assert len(list(sources(".xml"))) > 50
    assert len(list(sources(".js"))) > 10


def test_nothing_is_evaluated():
    for path in sources(".py"):
        tree = ast.parse(path.read_text())
        # `re.compile` compiles a pattern of the source, which is not code.
        found = {name_of(call) for call in calls(tree) if not ast.unparse(call.func).startswith("re.")} & RUNS
        assert not found, (path, found)


def test_nothing_is_unpacked_or_started():
    for path in sources(".py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, (ast.Import, ast.ImportFrom)) else []
            module = getattr(node, "module", None)
            assert not UNPACKS & {*names, module}, path


def test_markup_is_written_in_the_source():
    """`Markup` takes texts of the source only; what people say is put in by `%`, which escapes it."""
    for path in sources(".py"):
        for call in calls(ast.parse(path.read_text())):
            if name_of(call) == "Markup":
                assert all(isinstance(arg, ast.Constant) for arg in call.args), (path, call.lineno)


def test_unsanitized_html_is_computed():
    """A field that people could write is sanitized by Odoo."""
    for path in sources(".py"):
        for call in calls(ast.parse(path.read_text())):
            words = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
            if ast.unparse(call.func) == "fields.Html" and "sanitize" in words:
                assert "compute" in words and "inverse" not in words, (path, call.lineno)


def test_templates_escape():
    """Neither `t-raw` nor, in the browser, `t-out`, `markup()` or `innerHTML`."""
    for path in sources(".xml"):
        text = path.read_text()
        assert "t-raw" not in text, path
        if "static" in path.parts:
            assert "t-out" not in text, path
    for path in sources(".js", folder="static"):
        assert not re.search(
            r"\bmarkup\(|innerHTML|outerHTML|insertAdjacentHTML|\beval\(|new Function", path.read_text()
        ), path


def test_actions_in_the_data_call_a_method():
    """Server and scheduled actions hold one call of a method of the module, nothing more."""
    found = 0
    for path in sources(".xml"):
        for record in ElementTree.parse(path).iterfind(".//record[@model]"):
            code = record.find("field[@name='code']")
            if record.get("model") in ("ir.cron", "ir.actions.server") and code is not None:
                assert re.fullmatch(r"\s*(action = )?(model|records)\._?\w+\(\)\s*", code.text), (path, code.text)
                found += 1
    assert found > 10
