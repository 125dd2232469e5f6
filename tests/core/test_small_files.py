"""Sheets and scripts are made smaller without becoming others."""

import subprocess
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

from advice.small_files import smaller

pytestmark = pytest.mark.pure

STATIC = Path(__file__).parents[2] / "static"
SCRIPTS = sorted(STATIC.rglob("*.js"))
NODE = str(compute_driver_executable()[0])


def test_what_is_collected_is_made_smaller() -> None:
    assert smaller("a.css", "/* why */\na {\n  color: red;\n}\n") == "a{color:red}"
    assert smaller("a.js", "// why\nconst a = 1;\n\nlet b = 2;\n") == "const a=1;let b=2;"
    assert smaller("a.svg", "<svg> </svg>") == "<svg> </svg>"


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_script_can_still_be_read(script: Path, tmp_path: Path) -> None:
    text = script.read_text()
    is_module = any(line.startswith(("import ", "export ")) for line in text.splitlines())
    small = tmp_path / ("small.mjs" if is_module else "small.js")
    small.write_text(smaller(script.name, text))
    checked = subprocess.run([NODE, "--check", small], capture_output=True, text=True)
    assert checked.stderr == ""
