"""The python launcher: waits for an action, loads it, then speaks the action-loop protocol on descriptor 3.

The first line it reads is private to this platform: {"main": name, "folder": path, "env": {name: text}}. It is answered with
{"ok": true} when the action is loaded and {"ok": false, "check": true} when the source is refused before it runs. From then on
one line with a request comes in and one line with the result goes out.
"""

import ast
import glob
import importlib
import json
import os
import signal
import sys
import traceback

LINK = 3


def main():
    os.closerange(LINK + 1, 256)  # What the platform itself may have inherited is none of the action's business.
    os.set_inheritable(LINK, False)
    requests = os.fdopen(LINK, "rb", 65536, closefd=False)
    answers = os.fdopen(LINK, "wb", 65536, closefd=False)
    line = requests.readline()
    if not line:
        die()
    init = json.loads(line.decode("utf-8"))
    export(init["env"])
    os.chdir(init["folder"])
    sys.path[0] = init["folder"]
    sys.argv[:] = ["exec__.py"]
    problem = check_source() or activate_virtualenv() or check_requirements()
    if problem is not None:
        sys.stderr.write(problem + "\n")
        answer(answers, {"ok": False, "check": True})
        return
    importlib.invalidate_caches()
    scope = {}
    exec("from main__ import %s as main" % init["main"], scope)
    answer(answers, {"ok": True})
    serve(scope["main"], requests, answers)


def serve(action, requests, answers):
    while True:
        line = requests.readline()
        if not line:
            die()
        payload = {}
        for key, value in json.loads(line.decode("utf-8")).items():
            if key == "value":
                payload = value
            else:
                os.environ["__OW_%s" % key.upper()] = value
        try:
            result = action(payload)
        except Exception as error:
            sys.stderr.write(traceback.format_exc())
            result = {"error": str(error)}
        answer(answers, result)


def answer(answers, value):
    """Output comes before the answer, so that the platform finds it when the answer arrives."""
    line = json.dumps(value, ensure_ascii=False).encode("utf-8")
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):
            pass  # The action has closed or replaced it.
    answers.write(line + b"\n")
    answers.flush()


def export(env):
    for name, value in env.items():
        try:
            os.environ[name] = value
        except (OSError, ValueError):
            sys.stderr.write("The variable %r cannot be set.\n" % name)


def check_source():
    """What the official compiler finds out before it starts the action; None when all is well."""
    if not os.path.isfile("main__.py"):
        return "Zip file does not include main__"
    try:
        with open("main__.py", "rb") as source:
            ast.parse(source.read(), "main__.py")
    except (SyntaxError, ValueError):
        return "".join(traceback.format_exception_only(*sys.exc_info()[:2])).rstrip()
    return None


def activate_virtualenv():
    root = os.path.abspath("virtualenv")
    if not os.path.isdir(root):
        return None
    scripts = [os.path.join(root, folder, "activate_this.py") for folder in ("bin", "Scripts")]
    if not any(os.path.isfile(script) for script in scripts):
        return "Invalid virtualenv. Zip file does not include 'activate_this.py'."
    os.environ["VIRTUAL_ENV"] = root
    os.environ["PATH"] = os.pathsep.join([os.path.join(root, "bin"), os.environ.get("PATH", "")])
    own = "python%d.%d" % sys.version_info[:2]
    folders = glob.glob(os.path.join(root, "lib", "python*", "site-packages"))
    folders.sort(key=lambda folder: os.path.basename(os.path.dirname(folder)) != own)
    sys.path[1:1] = folders + glob.glob(os.path.join(root, "Lib", "site-packages"))
    return None


def check_requirements():
    """Nothing is installed at init: packages that are named but absent are refused with a text that says so."""
    if os.path.isdir("virtualenv") or not os.path.isfile("requirements.txt"):
        return None
    try:
        from importlib import metadata
    except ImportError:  # python before 3.8
        return None
    with open("requirements.txt", encoding="utf-8", errors="replace") as requirements:
        names = [requirement_name(line) for line in requirements]
    missing = [name for name in names if name and not is_installed(metadata, name)]
    if not missing:
        return None
    return "requirements.txt names packages that are not installed: %s. %s" % (
        ", ".join(missing),
        "The process driver installs nothing: put them into a folder 'virtualenv' of the zip, or install them for this python.",
    )


def requirement_name(line):
    """The package that a line of requirements.txt names; empty for comments and options."""
    text = line.split("#")[0].split(";")[0].strip()
    if text.startswith("-") or "://" in text:
        return ""
    for mark in "[=<>!~ @":
        text = text.split(mark)[0]
    return text


def is_installed(metadata, name):
    try:
        metadata.version(name)
        return True
    except metadata.PackageNotFoundError:
        return False


def die():
    """The platform has gone: nothing may stay behind."""
    os.killpg(0, signal.SIGKILL)


main()
