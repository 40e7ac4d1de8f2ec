"""Root with and without user namespaces, and people who are not root."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from oa.embedded import rules
from oa.embedded.places import PROJECT, Site
from oa.embedded.servers import Launcher
from tests.embedded.conftest import Person, connect

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can try what others may do"),
]
# `env`, because setpriv itself still reaches files that the user it becomes can't.
AS_NOBODY = ("setpriv", f"--reuid={rules.NOBODY}", f"--regid={rules.NOBODY}", "--clear-groups", "--", "env")


def test_root_in_a_container_that_forbids_namespaces(site: Site) -> None:
    """The folder is one that only root may enter, as below /root."""
    site.prepare()

    for has_namespaces in (False, True, False):  # the machine's rules may change between two starts
        server = Launcher(site, has_user_namespaces=has_namespaces).postgres()
        try:
            with connect(site) as connection:
                connection.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
                assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)
        finally:
            server.stop()


@pytest.fixture
def nobodys_site() -> Iterator[Site]:
    folder = Path(tempfile.mkdtemp(prefix="oa-nobody-")).resolve()
    os.chown(folder, rules.NOBODY, rules.NOBODY)
    site = Site(folder / "data")
    yield site
    shutil.rmtree(folder)
    shutil.rmtree(site.addresses.sockets, ignore_errors=True)


def pythons_for_everybody() -> Iterator[str]:
    """An interpreter and our packages that an ordinary user of this machine may read, if there is such a thing."""
    packages = next((PROJECT / ".venv" / "lib").glob("python3*/site-packages"), None)
    for python in (str(PROJECT / ".venv" / "bin" / "python"), "/usr/bin/python3"):
        environ = {"PYTHONPATH": str(packages), "PATH": os.environ["PATH"]}
        command = [*AS_NOBODY, python, "-c", "import psycopg, oa.embedded.supervisor"]
        found = subprocess.run(command, cwd=PROJECT, env=environ, capture_output=True, check=False)
        if found.returncode == 0:
            yield python


def test_an_ordinary_user(nobodys_site: Site, join: Callable[..., Person], monkeypatch: pytest.MonkeyPatch) -> None:
    python = next(pythons_for_everybody(), None)
    if python is None:
        pytest.skip("this checkout or its Python lies where no ordinary user may go")
    monkeypatch.setenv("PYTHONPATH", str(next((PROJECT / ".venv" / "lib").glob("python3*/site-packages"))))

    person = join(nobodys_site, prefix=AS_NOBODY, python=python)

    assert person.is_in()
    assert nobodys_site.cluster.stat().st_uid == rules.NOBODY
    person.leave()


def test_somebody_elses_folder_is_refused(nobodys_site: Site, join: Callable[..., Person]) -> None:
    nobodys_site.folder.mkdir()
    os.chown(nobodys_site.folder, rules.NOBODY, rules.NOBODY)

    complaint = join(nobodys_site).complaint()

    assert "belongs to another user" in complaint
    assert "OA_DATA_DIR" in complaint
