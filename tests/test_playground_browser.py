"""The playground in a real Chromium with no network: it finds what the command line finds, and nothing leaves it.

Needs Chromium and the bundle of `make playground`, which HUBLINT_TEST_ALL makes where it is not there.
"""

from __future__ import annotations

import base64
import os
import re
import shutil
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import playground_page
from browser import CHROMIUM, violations
from case_files import CaseFiles
from test_playground import ALL, DOCKERFILE, README, command_line, sampled
from test_rules import case_of
from tokens import with_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

SAMPLE = 40
BATCH = 25
PYTHON = (3, 14)  # of Pyodide
# What a Python's own parser takes is judged differently by an older one.
OF_THE_PARSER = {"AC008-newer-syntax"}
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def bundle() -> Path:
    """The built page; without it, or without Chromium, nothing here can be told."""
    if not CHROMIUM:
        if ALL and os.environ.get("CI"):
            pytest.fail("Chromium is needed")
        pytest.skip("Chromium is not there")
    if not playground_page.is_fresh():
        if not ALL or shutil.which("npm") is None:
            pytest.skip("the bundle is not there, or older than its sources: `make playground`")
        playground_page.make_bundle()
    return playground_page.BUNDLE


@pytest.fixture(scope="module")
def chromium(bundle: Path) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playground_page.launched(playwright)
        yield started
        started.close()


@pytest.fixture(scope="module")
def server(bundle: Path) -> Iterator[playground_page.Server]:
    started = playground_page.Server(bundle)
    yield started
    started.stop()


@pytest.fixture
def page(chromium: Browser, server: playground_page.Server) -> Iterator[Page]:
    with playground_page.opened(chromium, server.url, viewport=DESKTOP) as opened:
        yield opened


ASK = """async (cases) => {
  const { ask } = await import(new URL("page/engine.js", location.href).href);
  const chunk = (globalThis.chunk ??= new Blob([new Uint8Array(1 << 26)]));
  const made = (globalThis.made ??= new Map());
  const zeros = (size) => {
    const whole = Math.floor(size / chunk.size);
    if (!made.has(size)) {
      made.set(size, new Blob([...Array(whole).fill(chunk), chunk.slice(0, size - whole * chunk.size)]));
    }
    return made.get(size);
  };
  const answers = [];
  for (const { kind, data, sizes } of cases) {
    const bytes = ([path, text]) => [path, new Blob([Uint8Array.from(atob(text), (char) => char.charCodeAt(0))])];
    const files = Object.entries(data).map(bytes);
    for (const [path, size] of Object.entries(sizes)) files.push([path, zeros(size)]);
    await ask("open", { name: "demo", files });
    answers.push(await ask("check", { kind, profile: "" }));
  }
  return answers;
}"""


def test_every_case_is_judged_as_by_the_command_line(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """But for links, which a browser follows, and for what the two Pythons parse differently."""
    every = [(each.id, case_of(each.values[1])) for each in sampled(SAMPLE)]
    known = OF_THE_PARSER if sys.version_info[:2] != PYTHON else set()
    every = [(name, case) for name, case in every if not CaseFiles.of(case).links and name not in known]
    assert len(every) > 0.9 * SAMPLE
    for start in range(0, len(every), BATCH):
        batch = every[start : start + BATCH]
        given = []
        for _, case in batch:
            files = CaseFiles.of(case)
            data = {path: base64.b64encode(content).decode() for path, content in files.data.items()}
            given.append({"kind": case.kind, "data": data, "sizes": files.sizes})
        answers = page.evaluate(ASK, given)
        for (name, case), found in zip(batch, answers, strict=True):
            folder = tmp_path / "demo"
            folder.mkdir()
            CaseFiles.of(case).write(folder)
            monkeypatch.chdir(folder)
            code, report = command_line(capsys, "--repo-type", case.kind)
            assert found["report"] == report, name
            assert found["fails"] == (code != 0), name
            monkeypatch.chdir(tmp_path)
            shutil.rmtree(folder)


def test_the_page_says_how_much_it_loads(bundle: Path) -> None:
    said = re.search(r"about (\d+) MB", (bundle / "index.html").read_text("utf-8"))
    unread = {"LICENSES.txt", "README.md", ".gitattributes", playground_page.builder.STAMP}
    loaded = [path.stat().st_size for path in bundle.rglob("*") if path.is_file() and path.name not in unread]
    assert said and int(said[1]) == round(sum(loaded) / 1e6)


SEND = "(url) => fetch(url, { method: 'POST', mode: 'no-cors', body: 'x' }).then(() => 'sent', () => 'refused')"
LOAD = """(url) => new Promise((resolve) => {
  const image = new Image();
  image.onload = () => resolve("loaded");
  image.onerror = () => resolve("refused");
  image.src = url;
})"""


def status(page: Page) -> str:
    return page.inner_text("#status")


def codes(page: Page) -> list[str]:
    return [text.split()[0] for text in page.locator(".finding h3 button").all_inner_texts()]


def paste(page: Page, name: str, text: str, alone: bool = False) -> None:
    page.click("#add")
    page.fill("#naming-path", name)
    page.fill("#naming-text", text)
    page.set_checked("#naming-alone", alone)
    playground_page.rechecked(page, lambda: page.click("#naming-form button[type=submit]"))


def test_the_browser_refuses_whatever_would_leave(
    chromium: Browser, server: playground_page.Server, tmp_path: Path
) -> None:
    """Neither the page nor the engine's worker can reach another server, though the machine can."""
    elsewhere = playground_page.Server(tmp_path)
    with playground_page.opened(chromium, server.url, refuses=True) as page:
        paths = {path.partition("?")[0] for path in server.asked}
        served = {
            f"/{file.relative_to(playground_page.BUNDLE).as_posix()}" for file in playground_page.BUNDLE.rglob("*")
        }
        assert paths <= served | {"/"}
        other = page.context.new_page()
        other.goto(f"{elsewhere.url}control")
        assert other.evaluate(SEND, f"{elsewhere.url}control") == "sent"
        before = list(elsewhere.asked)
        assert "/control" in before
        assert page.workers[0].evaluate(SEND, elsewhere.url) == "refused"
        assert page.evaluate(SEND, elsewhere.url) == "refused"
        assert page.evaluate("(url) => import(url).then(() => 1, () => 'refused')", f"{elsewhere.url}x.js") == "refused"
        assert page.evaluate(LOAD, f"{elsewhere.url}x.png") == "refused"
        # Of the page that is open there, Chromium asks for an icon whenever it likes.
        assert [path for path in elsewhere.asked[len(before) :] if path != "/favicon.ico"] == []
    elsewhere.stop()


def test_all_of_it_works_once_the_server_is_gone(chromium: Browser, bundle: Path) -> None:
    own = playground_page.Server(bundle)
    with playground_page.opened(chromium, own.url, viewport=DESKTOP) as page:
        own.stop()
        page.context.set_offline(True)
        paste(page, "README.md", README, alone=True)
        assert codes(page) == ["SP008", "SP008", "SP025", "SP009"]
        paste(page, "Dockerfile", DOCKERFILE)
        assert "DK002" in codes(page)
        page.click(".finding h3 button >> nth=0")
        page.wait_for_selector("#rule[open] h3")
        page.click("#rule-back")
        page.fill("#rule-search", "wrong port")
        page.wait_for_selector("text=DK002 wrong-port >> nth=0")
        page.click("#rule .close")
        page.click("#fix-all")
        playground_page.rechecked(page, lambda: page.click("#diff-accept"))
        page.click("#files button:has-text('README.md')")
        page.wait_for_selector("#text[aria-label='Text of README.md']")
        assert "colorTo: gray" in page.input_value("#text")


def test_a_dropped_folder_is_read_where_it_is(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "team"
    (folder / "a model" / ".git").mkdir(parents=True)
    (folder / "a model" / ".git" / "config").write_text('[remote "o"]\n\turl = https://huggingface.co/a/b\n', "utf-8")
    (folder / "a model" / "README.md").write_text("---\nlicence: mit\n---\n# M\n", "utf-8")
    with (folder / "a model" / "model.safetensors").open("wb") as weights:
        weights.truncate(3 << 30)
    (folder / "space").mkdir()
    (folder / "space" / "README.md").write_text(README, "utf-8")
    (folder / "space" / "Dockerfile").write_text(DOCKERFILE, "utf-8")
    session = page.context.new_cdp_session(page)
    dropped = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
    for event in ("dragEnter", "dragOver"):
        session.send("Input.dispatchDragEvent", {"type": event, "x": 300, "y": 300, "data": dropped})
    assert page.is_visible("#drop")
    drop = {"type": "drop", "x": 300, "y": 300, "data": dropped}
    playground_page.rechecked(page, lambda: session.send("Input.dispatchDragEvent", drop))
    assert not page.is_visible("#drop")
    monkeypatch.chdir(folder)
    report = command_line(capsys)[1]
    assert {each["kind"] for each in report["repositories"]} == {"model", "space"}
    assert sorted(codes(page)) == sorted(each["code"] for each in report["findings"]) != []
    with page.expect_file_chooser() as chooser:
        page.click("#open-folder")
    playground_page.rechecked(page, lambda: chooser.value.set_files(str(folder / "space")))
    assert status(page).endswith("Space, because of sdk: docker in README.md")


def test_a_fix_is_seen_accepted_undone_and_downloaded(page: Page, tmp_path: Path) -> None:
    paste(page, "README.md", README, alone=True)
    paste(page, "Dockerfile", DOCKERFILE)
    gray = page.locator(".finding", has_text="README.md:4:10")
    gray.locator(".fix button").click()
    assert "-colorTo: Gray\n+colorTo: gray" in gray.locator(".diff").inner_text().replace("\n\n", "\n")
    playground_page.rechecked(page, lambda: gray.locator("text=Accept").click())
    assert gray.count() == 0
    page.click("#changes")
    page.wait_for_selector("#diff[open]")
    assert "+colorTo: gray" in page.inner_text("#diff-text")
    page.keyboard.press("Escape")
    with page.expect_download() as download:
        page.click("#download")
    with zipfile.ZipFile(download.value.path()) as archive:
        assert archive.read("README.md").decode() == README.replace("Gray", "gray")
        assert archive.namelist() == ["README.md", "Dockerfile"]
    playground_page.rechecked(page, lambda: page.click("#undo"))
    assert gray.count() == 1


def test_bytes_that_are_not_edited_stay(page: Page, tmp_path: Path) -> None:
    folder = tmp_path / "windows"
    folder.mkdir()
    (folder / "README.md").write_bytes("\ufeff".encode() + README.replace("\n", "\r\n").encode() + "é\r\n".encode())
    (folder / "mixed.md").write_bytes(b"a\r\nb\n")
    (folder / "binary.bin").write_bytes(bytes(range(256)))
    playground_page.rechecked(page, lambda: page.set_input_files("#folder-input", str(folder)))
    page.locator("#text").press("Control+End")
    playground_page.rechecked(page, lambda: page.keyboard.type("x"))
    with page.expect_download() as download:
        page.click("#download")
    assert Path(download.value.path()).read_bytes() == (folder / "README.md").read_bytes() + b"x"
    for name, said in (("mixed.md", "line breaks of several kinds"), ("binary.bin", "not a text in UTF-8")):
        page.click(f"#files button:has-text('{name}')")
        page.wait_for_selector(f"#note:has-text('{said}')")
        assert page.get_attribute("#text", "readonly") is not None


def test_a_link_brings_the_texts_back_and_servers_see_nothing(
    page: Page, chromium: Browser, server: playground_page.Server
) -> None:
    paste(page, "README.md", README + "é 😀\n", alone=True)
    page.select_option("#profile", "strict")
    page.wait_for_timeout(300)
    page.click("#share")
    page.wait_for_selector("#sharing[open]")
    link = page.input_value("#sharing-link")
    assert link.startswith(f"{server.url}#s=")
    asked = len(server.asked)
    with playground_page.opened(chromium, link) as other:
        assert other.input_value("#text") == README + "é 😀\n"
        assert other.input_value("#profile") == "strict"
        assert codes(other) == codes(page)
    payload = link.partition("=")[2]
    assert len(server.asked) > asked and not any(payload[:20] in path for path in server.asked)
    for broken in ("#s=AAAA", "#s=!", "#s=", f"#s={payload[:30]}"):
        with playground_page.opened(chromium, server.url + broken) as other:
            assert "Dockerfile" in other.inner_text("#files")
    page.keyboard.press("Escape")
    paste(page, "app.py", f'TOKEN = "{with_tokens("hf_[34 letters]")}"\n')
    page.click("#share")
    page.wait_for_selector("text=A credential is in the text")
    assert page.input_value("#sharing-link") == "" and not page.is_visible("#sharing-link")


def test_an_address_may_name_a_rule(chromium: Browser, server: playground_page.Server) -> None:
    pages = {
        "DK002": "DK002 wrong-port",
        "HB001": "only on the command line, with --online",
        "XX999": "No rule has this code",
    }
    for code, said in pages.items():
        with playground_page.opened(chromium, f"{server.url}#rule={code}") as page:
            page.wait_for_selector(f"#rule[open] >> text={said}")


def test_what_is_hostile_stays_text(page: Page) -> None:
    page.evaluate("() => { globalThis.run = 0 }")
    markup = "<img src=x onerror='globalThis.run = 1'><script>globalThis.run = 1</script>"
    paste(page, f"{markup.replace('/', '')}.py", "import os\n")
    text = README.replace("title: Demo", f"title: {markup}\nlicense: {markup!r}").replace("orange", f"{markup!r}")
    paste(page, "README.md", text, alone=True)
    paste(page, "Dockerfile", f"FROM {markup}\nCMD echo {markup}\n")
    paste(page, "hublint.toml", f"select = [{markup!r}]\n")
    assert "onerror" in page.inner_text("#said")
    playground_page.rechecked(page, page.locator("#undo").click)
    assert "onerror" in page.inner_text("#findings")
    page.click("#changes")
    page.wait_for_selector("#diff[open]")
    assert "onerror" in page.inner_text("#diff-text")
    assert page.locator("main img, main script, dialog img, dialog script").count() == 0
    assert page.evaluate("() => globalThis.run") == 0


def test_what_is_not_found_may_be_chosen(page: Page) -> None:
    paste(page, "Dockerfile", DOCKERFILE, alone=True)
    assert status(page) == "Not checked" and "no Hub repository found" in page.inner_text("#said")
    playground_page.rechecked(page, page.locator("text=It is a Docker Space").click)
    assert {"DK002", "DK029"} <= set(codes(page))
    paste(page, "notes.txt", "nothing", alone=True)
    playground_page.rechecked(page, page.locator("text=It is a model").click)
    assert page.input_value("#kind") == "model" and "RP001" in codes(page)
    page.click("#add")
    page.fill("#naming-path", "../x")
    page.click("#naming-form button[type=submit]")
    assert page.is_visible("text=That is not the name of a file")


def focused(page: Page) -> str:
    return page.evaluate("() => document.activeElement.id || document.activeElement.textContent.trim()")


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until something has the focus, told by its id or text."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if focused(page).startswith(wanted):
            return
    raise AssertionError(f"Tab does not lead to {wanted}")


def test_the_keyboard_is_enough(page: Page) -> None:
    order = []
    for _ in range(12):
        page.keyboard.press("Tab")
        order.append(focused(page))
    assert order[:4] == ["Skip to the text", "rules", "theme", "Source"]
    assert order[4:] == ["open-folder", "open-files", "add", "example", "kind", "profile", "share", "Dockerfile, error"]
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "profile"
    tab_to(page, "text")
    before = status(page)
    page.keyboard.press("Control+a")
    playground_page.rechecked(page, lambda: page.keyboard.insert_text(README))
    assert status(page) != before
    tab_to(page, "SP008")
    page.keyboard.press("Enter")
    page.wait_for_selector("#rule[open] h3")
    assert focused(page) == "rule-title"
    page.keyboard.press("Escape")
    assert focused(page).startswith("SP008")
    tab_to(page, "README.md:4:10")
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    selection = "() => { const t = document.activeElement; return t.value.slice(t.selectionStart, t.selectionEnd) }"
    assert page.evaluate(selection) == "Gray"
    tab_to(page, "Fix: Write gray")
    page.keyboard.press("Enter")
    page.wait_for_selector(".fix .diff")
    assert focused(page) == "Accept"
    playground_page.rechecked(page, lambda: page.keyboard.press("Enter"))
    assert focused(page) == "findings-title" and "colorTo: gray" in page.input_value("#text")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    chromium: Browser, server: playground_page.Server, size: Any, scheme: str
) -> None:
    options = {"viewport": size, "color_scheme": scheme, "bypass_csp": True, "reduced_motion": "reduce"}
    with playground_page.opened(chromium, server.url, **options) as page:
        judged(page)
        page.click(".fix > button >> nth=1")
        page.wait_for_selector(".fix .diff")
        judged(page)
        for button, shown in (("fix-all", "#diff"), ("rules", ".rules li"), ("add", "#naming"), ("share", "#sharing")):
            page.click(f"#{button}")
            page.locator(shown).first.wait_for()
            judged(page)
            page.keyboard.press("Escape")
        page.click(".finding h3 button >> nth=0")
        page.wait_for_selector("#rule[open] h3")
        judged(page)
        page.keyboard.press("Escape")
        page.click("#theme")
        paste(page, "Dockerfile", DOCKERFILE, alone=True)
        judged(page)
        paste(page, "README.md", "---\nlicense: mit\npipeline_tag: text-generation\n---\n# A model\n", alone=True)
        judged(page)


def judged(page: Page) -> None:
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    assert violations(page) == []


def test_the_built_space_is_clean(
    bundle: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(bundle)
    code, report = command_line(capsys, "--profile", "strict", "--isolated")
    assert (code, report["findings"]) == (0, [])
