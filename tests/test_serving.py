"""What a Space serves: one case for each row of docs/serving.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hublint.space.serving import serving
from hublint.space.serving.server import Evidence, Serving
from repositories import findings, make

DOCS = Path(__file__).resolve().parent.parent / "docs" / "serving.md"
ALL = "0.0.0.0"
LOCAL = "127.0.0.1"

FLASK = "from flask import Flask\napp = Flask(__name__)\n"
GRADIO = 'import gradio as gr\ndemo = gr.Interface(str.upper, "text", "text")\n'

# A command after CMD, and what is served: `name:port (how) address (how)`, `?` for what cannot be known.
TOOLS = {
    "uvicorn": ('["uvicorn", "app:app"]', f"uvicorn:8000 (default) {LOCAL} (default)"),
    "uvicorn-flags": ("uvicorn app:app --host=0.0.0.0 --port 80", f"uvicorn:80 (flag) {ALL} (flag)"),
    "uvicorn-socket": ("uvicorn app:app --uds /tmp/s --port 80", "uvicorn:? ?"),
    "gunicorn": ("gunicorn app:app", f"gunicorn:8000 (default) {LOCAL} (default)"),
    "gunicorn-bind": ("gunicorn -b :9000 app:app", f"gunicorn:9000 (flag) {ALL} (flag)"),
    "gunicorn-bind-address-only": ("gunicorn --bind=127.0.0.1 app:app", f"gunicorn:8000 (flag) {LOCAL} (flag)"),
    "gunicorn-two-binds": ("gunicorn -b :9000 -b :9001 app:app", "gunicorn:? ?"),
    "gunicorn-config": ("gunicorn -c conf.py app:app", "gunicorn:? ?"),
    "hypercorn": ("hypercorn app:app", f"hypercorn:8000 (default) {LOCAL} (default)"),
    "hypercorn-bind": ("hypercorn app:app -b [::]:7860", "hypercorn:7860 (flag) [::] (flag)"),
    "daphne": ("daphne app:app", f"daphne:8000 (default) {LOCAL} (default)"),
    "daphne-flags": ("daphne -b 0.0.0.0 -p 7860 app:app", f"daphne:7860 (flag) {ALL} (flag)"),
    "streamlit": ("streamlit run app.py", f"streamlit:8501 (default) {ALL} (default)"),
    "streamlit-flags": (
        '["streamlit", "run", "app.py", "--server.port=1", "--server.address=localhost"]',
        "streamlit:1 (flag) localhost (flag)",
    ),
    "flask": ("flask --app web run", f"flask:5000 (default) {LOCAL} (default)"),
    "flask-flags": ("flask run -h 0.0.0.0 -p 7860", f"flask:7860 (flag) {ALL} (flag)"),
    "fastapi-run": ("fastapi run app.py", f"fastapi:8000 (default) {ALL} (default)"),
    "fastapi-dev": ("fastapi dev app.py", f"fastapi:8000 (default) {LOCAL} (default)"),
    "waitress": ("waitress-serve app:app", f"waitress:8080 (default) {ALL} (default)"),
    "waitress-listen": ("waitress-serve --listen=127.0.0.1:81 app:app", f"waitress:81 (flag) {LOCAL} (flag)"),
    "chainlit-unknown-version": ("chainlit run app.py", "chainlit:? ?"),
    "panel": ("panel serve app.py", f"panel:5006 (default) {ALL} (default)"),
    "sanic": ("sanic app:app", f"sanic:8000 (default) {LOCAL} (default)"),
    "jupyter": ("jupyter lab --no-browser", "jupyter:8888 (default) localhost (default)"),
    "jupyter-flags": ("jupyter-notebook --ip='*' --port=7860", "jupyter:7860 (flag) * (flag)"),
    "http-server-of-python": ("python -m http.server", f"http.server:8000 (default) {ALL} (default)"),
    "http-server-of-python-flags": (
        "python3 -m http.server 7860 --bind 127.0.0.1",
        f"http.server:7860 (flag) {LOCAL} (flag)",
    ),
    "django": ("python manage.py runserver", f"django:8000 (default) {LOCAL} (default)"),
    "django-address": ("python manage.py runserver 0.0.0.0:7860", f"django:7860 (flag) {ALL} (flag)"),
    "serve": ("npx serve -s build", f"serve:3000 (default) {ALL} (default)"),
    "serve-listen": ("serve -l 7860", f"serve:7860 (flag) {ALL} (flag)"),
    "http-server": ("npx --yes http-server dist", f"http-server:8080 (default) {ALL} (default)"),
    "next": ("npx next start", f"next:3000 (default) {ALL} (default)"),
    "next-flags": ("next start -H 127.0.0.1 -p 7860", f"next:7860 (flag) {LOCAL} (flag)"),
    "vite": ("npx vite", "vite:? ?"),
    "vite-flags": ("vite preview --host --port 7860", f"vite:7860 (flag) {ALL} (flag)"),
    "shiny": ("shiny run app.py", f"shiny:8000 (default) {LOCAL} (default)"),
    "shiny-flags": ("python -m shiny run -h 0.0.0.0 -p 7860 app.py", f"shiny:7860 (flag) {ALL} (flag)"),
    "solara": ("solara run app.py", "solara:8765 (default) localhost (default)"),
    "solara-variables": ("PORT=7860 HOST=0.0.0.0 solara run app.py", f"solara:7860 (env) {ALL} (env)"),
    "marimo": ("marimo run app.py", f"marimo:2718 (default) {LOCAL} (default)"),
    "marimo-flags": ("marimo edit --host 0.0.0.0 -p 7860", f"marimo:7860 (flag) {ALL} (flag)"),
    "mlflow": ("mlflow server", f"mlflow:5000 (default) {LOCAL} (default)"),
    "mlflow-flags": ("mlflow ui -h 0.0.0.0 --port 7860", f"mlflow:7860 (flag) {ALL} (flag)"),
    "tensorboard": ("tensorboard --logdir runs", "tensorboard:6006 (default) localhost (default)"),
    "tensorboard-bind-all": ("tensorboard --bind_all --port 7860", f"tensorboard:7860 (flag) {ALL} (flag)"),
    "vllm": ("vllm serve model", f"vllm:8000 (default) {ALL} (default)"),
    "vllm-module": (
        "python -m vllm.entrypoints.openai.api_server --model m --port 7860",
        f"vllm:7860 (flag) {ALL} (default)",
    ),
    "llama-server": ("./llama-server -m m.gguf", f"llama-server:8080 (default) {LOCAL} (default)"),
    "llama-server-variables": (
        "LLAMA_ARG_HOST=0.0.0.0 llama-server --port 7860",
        f"llama-server:7860 (flag) {ALL} (env)",
    ),
    "llama-cpp-python": (
        "python3 -m llama_cpp.server --model m.gguf",
        "llama_cpp.server:8000 (default) localhost (default)",
    ),
    "text-generation-launcher": (
        "text-generation-launcher --model-id m",
        "text-generation-launcher:3000 (default) ?",
    ),
    "text-generation-launcher-port": (
        "text-generation-launcher --port 7860 --hostname 0.0.0.0",
        f"text-generation-launcher:7860 (flag) {ALL} (flag)",
    ),
    "react-scripts": ("npx react-scripts start", f"react-scripts:3000 (default) {ALL} (default)"),
    "remix-serve": ("remix-serve build/server.js", f"remix-serve:3000 (default) {ALL} (default)"),
    "astro": ("astro preview --host --port 7860", f"astro:7860 (flag) {ALL} (flag)"),
    "ng": ("ng serve", "ng:? ?"),
    "reflex": ("reflex run --env prod", "reflex:? ?"),
    "ollama": ("ollama serve", f"ollama:11434 (default) {LOCAL} (default)"),
    "ollama-variable": ("OLLAMA_HOST=0.0.0.0:7860 ollama serve", f"ollama:7860 (env) {ALL} (env)"),
    "ollama-other-commands": ("ollama run m", "nothing known"),
    "caddy-file-server": ("caddy file-server --root dist", f"caddy:80 (default) {ALL}"),
    "caddy-listen": ("caddy file-server --listen :7860", f"caddy:7860 (flag) {ALL}"),
    "caddy-listen-address": ("caddy file-server -l localhost:81", "caddy:81 (flag) localhost (flag)"),
    "java": ("java -Dserver.port=81 -jar app.jar", "java:81 (flag) ?"),
    "java-no-flag": ("java -jar app.jar", "nothing known"),
    "shiny-of-r": (
        """["R", "-e", "shiny::runApp('/app', host='0.0.0.0', port=81)"]""",
        f"shiny:81 (config) {ALL} (config)",
    ),
    "shiny-of-r-random-port": ("""R -e "shiny::runApp('/app')\"""", "shiny:? ?"),
}

# Python code of app.py, which `CMD python app.py` runs, and what is served.
CODE = {
    "code-uvicorn": ("import uvicorn\nuvicorn.run('a:b')\n", f"uvicorn:8000 (default) {LOCAL} (default)"),
    "code-uvicorn-config": (
        "import uvicorn\nuvicorn.Server(uvicorn.Config('a:b', port=1)).run()\n",
        f"uvicorn:1 (literal) {LOCAL} (default)",
    ),
    "code-flask": (FLASK + "app.run()\n", f"flask:5000 (default) {LOCAL} (default)"),
    "code-flask-positional": (FLASK + "app.run('0.0.0.0', 80)\n", f"flask:80 (literal) {ALL} (literal)"),
    "code-flask-server-name": (FLASK + "app.config['SERVER_NAME'] = 'x:1'\napp.run()\n", "flask:? ?"),
    "code-flask-socketio": (
        FLASK + "from flask_socketio import SocketIO\nio = SocketIO(app)\nio.run(app, port=80)\n",
        f"flask-socketio:80 (literal) {LOCAL} (default)",
    ),
    "code-quart": (
        "from quart import Quart\napp = Quart(__name__)\napp.run()\n",
        f"quart:5000 (default) {LOCAL} (default)",
    ),
    "code-gradio": (GRADIO + "demo.launch()\n", f"gradio:7860 (default) {LOCAL} (default)"),
    "code-gradio-none": (
        GRADIO + "demo.queue().launch(server_name=None)\n",
        f"gradio:7860 (default) {LOCAL} (default)",
    ),
    "code-gradio-literals": (
        GRADIO + "demo.launch(server_name='0.0.0.0', server_port=1)\n",
        f"gradio:1 (literal) {ALL} (literal)",
    ),
    "code-gradio-environ": (
        "import os\nos.environ['GRADIO_SERVER_NAME'] = '0.0.0.0'\n" + GRADIO + "demo.launch()\n",
        "gradio:7860 (default) ?",
    ),
    "code-aiohttp": (
        "from aiohttp import web\nweb.run_app(web.Application())\n",
        f"aiohttp:8080 (default) {ALL} (default)",
    ),
    "code-aiohttp-site": (
        "import asyncio\nfrom aiohttp import web\n"
        "async def main(runner):\n    web.TCPSite(runner, 'localhost', 80)\nasyncio.run(main(1))\n",
        "aiohttp:80 (literal) localhost (literal)",
    ),
    "code-waitress": ("from waitress import serve\nserve(app)\n", f"waitress:8080 (default) {ALL} (default)"),
    "code-tornado": (
        "import tornado.web\napp = tornado.web.Application([])\napp.listen(80)\n",
        f"tornado:80 (literal) {ALL} (default)",
    ),
    "code-dash": (
        "from dash import Dash\napp = Dash(__name__)\napp.run_server()\n",
        f"dash:8050 (default) {LOCAL} (default)",
    ),
    "code-bottle": ("import bottle\nbottle.run(port=80)\n", f"bottle:80 (literal) {LOCAL} (default)"),
    "code-sanic": (
        "from sanic import Sanic\napp = Sanic('a')\napp.run()\n",
        f"sanic:8000 (default) {LOCAL} (default)",
    ),
    "code-nicegui": ("from nicegui import ui\nui.run()\n", f"nicegui:8080 (default) {ALL} (default)"),
    "code-http-server": (
        "from http.server import HTTPServer\nHTTPServer(('', 80), None).serve_forever()\n",
        f"http.server:80 (literal) {ALL} (literal)",
    ),
    "code-gevent": (
        "from gevent.pywsgi import WSGIServer\nWSGIServer(('127.0.0.1', 80), app).serve_forever()\n",
        f"gevent:80 (literal) {LOCAL} (literal)",
    ),
    "code-werkzeug": (
        "from werkzeug.serving import run_simple\nrun_simple('localhost', 80, app)\n",
        "werkzeug:80 (literal) localhost (literal)",
    ),
    "code-wsgiref": (
        "from wsgiref.simple_server import make_server\nmake_server('', 80, app).serve_forever()\n",
        f"wsgiref:80 (literal) {ALL} (literal)",
    ),
    "code-main-block": (
        FLASK + "if __name__ == '__main__':\n    app.run(port=80)\n",
        f"flask:80 (literal) {LOCAL} (default)",
    ),
    "code-constant": (FLASK + "PORT = 80\napp.run(port=PORT)\n", f"flask:80 (literal) {LOCAL} (default)"),
    "code-getenv": (
        FLASK + "import os\napp.run(port=int(os.getenv('PORT', 80)))\n",
        f"flask:80 (literal, unless PORT) {LOCAL} (default)",
    ),
    "code-getenv-environ": (
        FLASK + "import os\nos.environ['PORT'] = port()\napp.run(port=int(os.getenv('PORT', 80)))\n",
        f"flask:? {LOCAL} (default)",
    ),
    "code-unpacked": (FLASK + "app.run(**settings)\n", "flask:? ?"),
    "code-function-called": (
        FLASK + "def main():\n    app.run(port=80)\nmain()\n",
        f"flask:80 (literal) {LOCAL} (default)",
    ),
    "code-function-not-called": (FLASK + "def main():\n    app.run(port=80)\n", "nothing known"),
    "code-imported-only": (
        FLASK + "if __name__ != '__main__':\n    app.run(port=80)\n",
        "nothing known",
    ),
    "code-condition": (FLASK + "if DEBUG:\n    app.run(port=80)\n", "nothing known"),
    "code-other-process": (
        "import subprocess\nsubprocess.Popen(['node', 'x.js'])\n" + FLASK + "app.run()\n",
        "nothing known",
    ),
    "code-no-server": ("print('hello')\n", "nothing known"),
    "code-does-not-parse": ("def (:\n", "nothing known"),
}

ARGPARSE = (
    "import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument('--port', type=int, default=80)\n"
    "args = parser.parse_args()\n" + FLASK + "app.run('0.0.0.0', args.port)\n"
)

# What stands after FROM, further files, and what is served.
WAYS: dict[str, tuple[str, dict[str, str], str]] = {
    "env-of-the-image": ("ENV PORT=81\nCMD gunicorn app:app", {}, f"gunicorn:81 (env) {ALL}"),
    "env-of-the-tool": (
        "ENV UVICORN_HOST=0.0.0.0 UVICORN_PORT=82\nCMD uvicorn app:app",
        {},
        f"uvicorn:82 (env) {ALL} (env)",
    ),
    "env-in-a-flag": ("ENV P=83\nCMD uvicorn app:app --port $P", {}, f"uvicorn:83 (env) {LOCAL} (default)"),
    "env-of-gradio": (
        "ENV GRADIO_SERVER_NAME=0.0.0.0\nENV GRADIO_SERVER_PORT=84\nCOPY . /\nCMD python /app.py",
        {"app.py": GRADIO + "demo.launch()\n"},
        f"gradio:84 (env) {ALL} (env)",
    ),
    "env-read-by-the-code": (
        "ENV PORT=85\nCOPY . /\nCMD python /app.py",
        {"app.py": FLASK + "import os\napp.run('0.0.0.0', int(os.environ.get('PORT', 80)))\n"},
        f"flask:85 (env) {ALL} (literal)",
    ),
    "env-before-the-command": ("CMD PORT=86 gunicorn app:app", {}, f"gunicorn:86 (env) {ALL}"),
    "env-of-a-script": (
        "COPY run.sh /\nCMD sh /run.sh",
        {"run.sh": "export PORT=87\ngunicorn app:app\n"},
        f"gunicorn:87 (env) {ALL}",
    ),
    "env-unknown": ("ARG P\nENV PORT=$P\nCMD gunicorn app:app", {}, f"gunicorn:? {ALL}"),
    "base-image-unknown": ("CMD uvicorn app:app", {"FROM": "acme/web"}, "uvicorn:? ?"),
    "default-in-the-shell": (
        "CMD uvicorn app:app --port ${PORT:-88}",
        {},
        f"uvicorn:88 (flag, unless PORT) {LOCAL} (default)",
    ),
    "default-in-the-shell-with-env": (
        "ENV PORT=89\nCMD uvicorn app:app --port ${PORT:-88}",
        {},
        f"uvicorn:89 (env) {LOCAL} (default)",
    ),
    "default-in-a-bind": (
        'CMD ["sh", "-c", "gunicorn -b ${HOST:-0.0.0.0}:${PORT:-88} app:app"]',
        {},
        f"gunicorn:88 (flag, unless PORT) {ALL} (flag, unless HOST)",
    ),
    "default-in-the-shell-of-another-image": (
        "CMD uvicorn app:app --port ${PORT:-88}",
        {"FROM": "company/base"},
        "uvicorn:? ?",
    ),
    "default-in-a-script": (
        'COPY start.sh /start.sh\nCMD ["bash", "/start.sh"]',
        {"start.sh": "export PORT=${PORT:-88}\nuvicorn app:app --host=0.0.0.0 --port=$PORT\n"},
        f"uvicorn:88 (env, unless PORT) {ALL} (flag)",
    ),
    "unknown-words": ("CMD uvicorn app:app $OPTIONS", {}, "uvicorn:? ?"),
    "entrypoint-with-cmd": (
        'ENTRYPOINT ["uvicorn"]\nCMD ["app:app", "--port", "89"]',
        {},
        f"uvicorn:89 (flag) {LOCAL} (default)",
    ),
    "entrypoint-script": (
        'COPY entry.sh /entry.sh\nENTRYPOINT ["/entry.sh"]\nCMD ["uvicorn", "app:app", "--port", "90"]',
        {"entry.sh": '#!/bin/sh\nset -e\necho start\nexec "$@"\n'},
        f"uvicorn:90 (flag) {LOCAL} (default)",
    ),
    "shell-in-json-form": (
        'CMD ["sh", "-c", "exec uvicorn app:app --port 91"]',
        {},
        f"uvicorn:91 (flag) {LOCAL} (default)",
    ),
    "script": (
        'WORKDIR /app\nCOPY . .\nRUN chmod +x start.sh\nCMD ["./start.sh"]',
        {"start.sh": "#!/usr/bin/env bash\nset -e\nuvicorn app:app --port 92\n"},
        f"uvicorn:92 (flag) {LOCAL} (default)",
    ),
    "script-that-cannot-be-seen": ("CMD bash start.sh", {}, "nothing known"),
    "script-of-another-stage": (
        "COPY s /s\nFROM python:3.12\nCOPY --from=0 /s /t\nCMD bash /t/run.sh",
        {"s/run.sh": "uvicorn app:app\n"},
        f"uvicorn:8000 (default) {LOCAL} (default)",
    ),
    "file-that-run-rewrites": (
        "WORKDIR /app\nCOPY . .\nRUN sed -i s/127.0.0.1/0.0.0.0/ app.py\nCMD python app.py",
        {"app.py": FLASK + "app.run()\n"},
        "nothing known",
    ),
    "file-copied-alone": ("COPY src/web.py /x/\nCMD python /x/web.py", {"src/web.py": FLASK + "app.run(port=93)\n"},
                          f"flask:93 (literal) {LOCAL} (default)"),
    "change-of-directory": (
        "COPY . /app\nCMD cd /app/web && python app.py",
        {"web/app.py": FLASK + "app.run(port=94)\n"},
        f"flask:94 (literal) {LOCAL} (default)",
    ),
    "module": (
        "WORKDIR /app\nCOPY . .\nCMD python -m web.app",
        {"web/app.py": FLASK + "app.run(port=95)\n"},
        f"flask:95 (literal) {LOCAL} (default)",
    ),
    "module-that-is-a-tool": ("CMD python -m uvicorn app:app", {}, f"uvicorn:8000 (default) {LOCAL} (default)"),
    "option-given": (
        "WORKDIR /app\nCOPY . .\nCMD python app.py --port 96",
        {"app.py": ARGPARSE},
        f"flask:96 (flag) {ALL} (literal)",
    ),
    "option-not-given": (
        "WORKDIR /app\nCOPY . .\nCMD python app.py", {"app.py": ARGPARSE}, f"flask:80 (literal) {ALL} (literal)"
    ),
    "uv-run": ("CMD uv run --no-sync uvicorn app:app", {}, f"uvicorn:8000 (default) {LOCAL} (default)"),
    "conda-run": (
        'CMD ["conda", "run", "-n", "e", "uvicorn", "app:app"]', {}, f"uvicorn:8000 (default) {LOCAL} (default)"
    ),
    "configuration-file": (
        "COPY . .\nCMD gunicorn app:app", {"gunicorn.conf.py": "bind = ':80'\n"}, "gunicorn:? ?"
    ),
    "streamlit-file": (
        "COPY . .\nCMD streamlit run app.py",
        {".streamlit/config.toml": "[server]\nport = 1 # one\naddress = \"localhost\"\n"},
        "streamlit:1 (config) localhost (config)",
    ),
    "streamlit-file-and-flag": (
        "COPY . .\nCMD streamlit run app.py --server.port 2",
        {".streamlit/config.toml": "[theme]\nbase = 'dark'\n[server]\nport = 1\n"},
        f"streamlit:2 (flag) {ALL} (default)",
    ),
    "streamlit-file-not-copied": (
        "COPY app.py .\nCMD streamlit run app.py",
        {".streamlit/config.toml": "[server]\nport = 1\n", "app.py": ""},
        "streamlit:? ?",
    ),
    "streamlit-file-written-by-run": (
        "RUN mkdir ~/.streamlit && echo '[server]' > ~/.streamlit/config.toml\nCMD streamlit run app.py", {},
        "streamlit:? ?",
    ),
    "imported-module": (
        "WORKDIR /app\nCOPY . .\nCMD uvicorn app:app --port 97",
        {"app.py": FLASK + "if __name__ == '__main__':\n    app.run(port=98)\n"},
        f"uvicorn:97 (flag) {LOCAL} (default)",
    ),
    "preparation": ("CMD alembic upgrade head && uvicorn app:app", {}, f"uvicorn:8000 (default) {LOCAL} (default)"),
    "two-servers": (
        "CMD uvicorn api:app & streamlit run app.py",
        {},
        f"uvicorn:8000 (default) {LOCAL} (default); streamlit:8501 (default) {ALL} (default)",
    ),
    "process-in-the-background": ("CMD node front.js & uvicorn app:app", {}, "nothing known"),
    "script-in-the-background": (
        "COPY . /\nCMD bash /api.sh & uvicorn app:app",
        {"api.sh": "sleep 1\n/opt/api\n"},
        "nothing known",
    ),
    "group-in-the-background": (
        "CMD (cd web && node front.js) > log 2>&1 & uvicorn app:app",
        {},
        "nothing known",
    ),
    "process-at-the-end": ("CMD uvicorn app:app & node front.js", {}, "nothing known"),
    "reverse-proxy": ("RUN apt-get install -y nginx\nCMD nginx && uvicorn app:app", {}, "nothing known"),
    "chainlit": (
        "COPY . .\nCMD chainlit run app.py",
        {"requirements.txt": "chainlit>=2\n"},
        f"chainlit:8000 (default) {LOCAL} (default)",
    ),
    "chainlit-old": ("COPY . .\nCMD chainlit run app.py", {"requirements.txt": "chainlit==0.7.700\n"}, "chainlit:? ?"),
    "serve-old": (
        "COPY . .\nCMD npm start",
        {"package.json": '{"scripts": {"start": "serve"}, "dependencies": {"serve": "^11.3.2"}}'},
        "serve:? ?",
    ),
    "npm-start": (
        "WORKDIR /app\nCOPY . .\nCMD [\"npm\", \"start\"]",
        {"package.json": '{"scripts": {"prestart": "next build", "start": "PORT=81 next start"}}'},
        f"next:81 (env) {ALL} (default)",
    ),
    "npm-run": (
        "WORKDIR /app\nCOPY package*.json ./\nCOPY . .\nCMD npm run serve",
        {"package.json": '{"scripts": {"serve": "vite preview --host \\"0.0.0.0\\" --port 82"}}'},
        f"vite:82 (flag) {ALL} (flag)",
    ),
    "yarn": (
        "WORKDIR /app\nCOPY web/ .\nCMD yarn serve",
        {"web/package.json": '{"scripts": {"serve": "serve -s build"}}'},
        f"serve:3000 (default) {ALL} (default)",
    ),
    "npm-in-another-folder": (
        "COPY . /app\nCMD npm --prefix /app/web start",
        {"web/package.json": '{"scripts": {"start": "next start -p 83"}}'},
        f"next:83 (flag) {ALL} (default)",
    ),
    "npm-without-script": (
        "WORKDIR /app\nCOPY . .\nCMD npm start",
        {"package.json": "{}", "server.js": "const app = require('express')()\napp.listen(84)\n"},
        f"node:84 (config) {ALL}",
    ),
    "npm-with-arguments": (
        "COPY . .\nCMD npm start -- -p 85",
        {"package.json": '{"scripts": {"start": "next start"}}'},
        "next:85 (flag) 0.0.0.0 (default)",
    ),
    "npm-with-arguments-for-two": (
        "COPY . .\nCMD npm start -- -p 85",
        {"package.json": '{"scripts": {"start": "next build && next start"}}'},
        "nothing known",
    ),
    "node-literal": (
        "WORKDIR /app\nCOPY . .\nCMD node server.js",
        {"server.js": "import express from 'express'\nconst app = express()\napp.listen(86, 'localhost', () => {})\n"},
        "node:86 (config) localhost (config)",
    ),
    "node-options": (
        "WORKDIR /app\nCOPY . .\nCMD node --max-old-space-size=256 src/server.js",
        {"src/server.js": "const app = express();\napp.listen(81);\n"},
        f"node:81 (config) {ALL}",
    ),
    "node-constant": (
        "WORKDIR /app\nCOPY . .\nCMD node server.js",
        {"server.js": "const PORT = 87;\nconst server = http.createServer(app);\nserver.listen(PORT, () => {});\n"},
        f"node:87 (config) {ALL}",
    ),
    "node-variable": (
        "ENV PORT=88\nWORKDIR /app\nCOPY . .\nCMD node server.js",
        {"server.js": "const app = express();\nconst port = process.env.PORT || 3000;\napp.listen(port);\n"},
        f"node:88 (env) {ALL}",
    ),
    "node-variable-not-set": (
        "WORKDIR /app\nCOPY . .\nCMD node server.js",
        {"server.js": "const app = express();\napp.listen(Number(process.env.PORT) || 3000);\n"},
        f"node:3000 (config, unless PORT) {ALL}",
    ),
    "node-variable-in-typescript": (
        "WORKDIR /app\nCOPY . .\nCMD npx tsx server.ts",
        {"server.ts": "const app = express();\nlet port: number = +(process.env.PORT ?? 3000);\napp.listen(port);\n"},
        f"node:3000 (config, unless PORT) {ALL}",
    ),
    "node-variable-without-default": (
        "WORKDIR /app\nCOPY . .\nCMD node server.js",
        {"server.js": "const app = express();\napp.listen(process.env.PORT);\n"},
        f"node:? {ALL}",
    ),
    "node-variable-taken-apart": (
        "WORKDIR /app\nCOPY . .\nCMD node server.js",
        {"server.js": "const { HOST, PORT = 3000 } = process.env;\nconst app = express();\napp.listen(PORT);\n"},
        f"node:3000 (config, unless PORT) {ALL}",
    ),
    "node-dotenv": (
        "WORKDIR /app\nCOPY . .\nCMD node server.js",
        {
            ".env": "PORT=7860\n",
            "server.js": "require('dotenv').config();\nconst app = express();\napp.listen(process.env.PORT ?? 3000);\n",
        },
        "nothing known",
    ),
    "node-fastify": (
        "WORKDIR /app\nCOPY . .\nCMD node server.js",
        {"server.js": "const app = fastify({ logger: true });\nawait app.listen({ port: 89 });\n"},
        "fastify:89 (config) localhost (default)",
    ),
    "node-condition": (
        "WORKDIR /app\nCOPY . .\nCMD node server.js",
        {"server.js": "const app = express();\nif (!process.env.TEST) {\n  app.listen(3000);\n}\n"},
        "nothing known",
    ),
    "node-other-module": (
        "WORKDIR /app\nCOPY . .\nCMD node server.js",
        {
            "server.js": "const app = express();\nrequire('./proxy');\napp.listen(3000);\n",
            "proxy.js": "http.createServer(f).listen(7860)\n",
        },
        "nothing known",
    ),
    "nginx": (
        "RUN apt-get install -y nginx\nCOPY nginx.conf /etc/nginx/nginx.conf\nCMD nginx && uvicorn app:app --port 8000",
        {"nginx.conf": "http { server {\n  # listen 7860;\n  listen 81 default_server;\n  listen [::]:81;\n} }\n"},
        f"nginx:81 (config) {ALL} (config); nginx:81 (config) {ALL} (config); uvicorn:8000 (flag) {LOCAL} (default)",
    ),
    "nginx-c": (
        "RUN apt-get install -y nginx\nCOPY . /app\nCMD nginx -c /app/n.conf -g 'daemon off;'",
        {"n.conf": "http { server { listen 127.0.0.1:82; } }\n"},
        f"nginx:82 (config) {LOCAL} (config)",
    ),
    "nginx-variable": (
        "COPY default.conf.template /etc/nginx/templates/",
        {"FROM": "nginx:alpine", "default.conf.template": "server { listen ${PORT}; }\n"},
        "nginx:? ?",
    ),
    "nginx-written": (
        "RUN apt-get install -y nginx && sed -i s/80/7860/ /etc/nginx/sites-available/default\n"
        "COPY a.conf /etc/nginx/conf.d/\nCMD nginx -g 'daemon off;'",
        {"a.conf": "server { listen 81; }\n"},
        "nothing known",
    ),
    "nginx-after-an-unknown-program": (
        "RUN apt-get install -y nginx\nCOPY a.conf /etc/nginx/conf.d/\nCMD configure && nginx -g 'daemon off;'",
        {"a.conf": "server { listen 81; }\n"},
        "nothing known",
    ),
    "nginx-without-configuration": ("RUN apt-get install -y nginx\nCMD nginx -g 'daemon off;'", {}, "nothing known"),
    "image-of-nginx": ("COPY dist /usr/share/nginx/html", {"FROM": "nginx:alpine"}, f"nginx:80 (image) {ALL}"),
    "caddyfile": (
        "COPY Caddyfile /etc/caddy/Caddyfile",
        {"FROM": "caddy:2", "Caddyfile": "{\n\tadmin off\n}\n:81 {\n\treverse_proxy localhost:{$PORT}\n}\n"},
        f"caddy:81 (config) {ALL}",
    ),
    "caddyfile-without-braces": (
        "WORKDIR /srv\nCOPY . .\nCMD caddy run",
        {"Caddyfile": "http://localhost:82\nfile_server\n"},
        f"caddy:82 (config) {ALL}",
    ),
    "caddyfile-without-port": (
        "WORKDIR /srv\nCOPY . .\nCMD caddy run", {"Caddyfile": "example.org {\n}\n"}, f"caddy:? {ALL}"
    ),
    "supervisord": (
        "COPY s.conf /etc/supervisor/conf.d/s.conf\nCMD supervisord -n",
        {
            "s.conf": "[supervisord]\nnodaemon=true\n\n[program:web]\ncommand=uvicorn app:app --port 81 ; web\n"
            'environment=UVICORN_HOST="0.0.0.0"\n[program:ui]\ncommand = streamlit run ui.py\nautostart=true\n'
        },
        f"uvicorn:81 (flag) {ALL} (env); streamlit:8501 (default) {ALL} (default)",
    ),
    "supervisord-c": (
        'COPY . /app\nCMD ["supervisord", "-c", "/app/supervisord.conf"]',
        {
            "supervisord.conf": "[program:web]\ndirectory=/app\ncommand=python main.py\n",
            "main.py": FLASK + "app.run()\n",
        },
        f"flask:5000 (default) {LOCAL} (default)",
    ),
    "supervisord-environment": (
        "COPY s.conf /etc/supervisor/conf.d/s.conf\nCMD supervisord -n",
        {"s.conf": '[supervisord]\nenvironment=PORT="81"\n[program:web]\ncommand=gunicorn app:app\n'},
        f"gunicorn:81 (env) {ALL}",
    ),
    "supervisord-other-program": (
        "COPY s.conf /etc/supervisor/conf.d/s.conf\nCMD supervisord -n",
        {"s.conf": "[program:web]\ncommand=uvicorn app:app\n[program:x]\ncommand=/opt/x\n"},
        "nothing known",
    ),
    "procfile": (
        "WORKDIR /app\nCOPY . .\nCMD honcho start",
        {"Procfile": "web: gunicorn app:app -b 0.0.0.0:81\n"},
        f"gunicorn:81 (flag) {ALL} (flag)",
    ),
    "procfile-port": (
        "WORKDIR /app\nCOPY . .\nCMD honcho start", {"Procfile": "web: gunicorn app:app\n"}, f"gunicorn:? {ALL}"
    ),
    "go-flag": (
        "RUN go build -o /srv/web .\nCMD [\"/srv/web\", \"--addr=:81\"]", {"FROM": "golang:1"}, "web:81 (flag) ?"
    ),
    "go-no-flag": ("RUN go build -o /srv/web .\nCMD /srv/web", {"FROM": "golang:1"}, "nothing known"),
    "rscript": (
        "WORKDIR /app\nCOPY . .\nCMD Rscript run.R",
        {"run.R": "library(shiny)\n# runApp(port = 7860)\nrunApp('.', host = \"0.0.0.0\", port = 81L)\n"},
        f"shiny:81 (config) {ALL} (config)",
    ),
    "shiny-of-r-defaults": (
        """CMD ["R", "-e", "shiny::runApp('/app', port = 81)"]""",
        {"FROM": "rocker/r-ver:4.4"},
        f"shiny:81 (config) {LOCAL} (default)",
    ),
    "shiny-of-r-profile": (
        """COPY Rprofile.site /usr/lib/R/etc/\nCMD ["R", "-e", "shiny::runApp('/app', port = 81)"]""",
        {"FROM": "rocker/r-ver:4.4"},
        "shiny:81 (config) ?",
    ),
    "image-of-ollama": ("COPY . .", {"FROM": "ollama/ollama"}, f"ollama:11434 (image) {ALL} (image)"),
    "image-of-vllm": (
        'CMD ["--model", "m", "--port", "81"]', {"FROM": "vllm/vllm-openai:v0.10"}, f"vllm:81 (flag) {ALL} (default)"
    ),
    "image-of-llama-cpp": (
        'CMD ["-m", "m.gguf"]', {"FROM": "ghcr.io/ggml-org/llama.cpp:server"},
        f"llama-server:8080 (default) {ALL} (image)",
    ),
    "image-of-llama-cpp-full": ('CMD ["-m", "m.gguf"]', {"FROM": "ghcr.io/ggml-org/llama.cpp:full"}, "nothing known"),
    "image-of-tgi": (
        'CMD ["--model-id", "m"]', {"FROM": "ghcr.io/huggingface/text-generation-inference:3.0"},
        "text-generation-launcher:80 (image) ?",
    ),
    "image-of-jupyter": (
        "RUN pip install x", {"FROM": "quay.io/jupyter/base-notebook"}, "jupyter:8888 (default) ?"
    ),
    "image-of-jupyter-lab": (
        "CMD jupyter lab --port=81", {"FROM": "jupyter/scipy-notebook"}, "jupyter:81 (flag) ?"
    ),
    "image-of-jupyter-flags": (
        "CMD start-notebook.sh --port=81", {"FROM": "jupyter/scipy-notebook"}, "jupyter:81 (flag) ?"
    ),
    "image-of-rocker": ("COPY app /srv/shiny-server", {"FROM": "rocker/shiny:4.4"}, f"shiny-server:3838 (image) {ALL}"),
    "shiny-server-file": (
        "COPY s.conf /etc/shiny-server/shiny-server.conf",
        {"FROM": "rocker/shiny", "s.conf": "server {\n  listen 81;\n}\n"},
        f"shiny-server:81 (config) {ALL}",
    ),
    "broken-dockerfile": ("CMD uvicorn app:app\nNONSENSE", {}, "nothing known"),
    "no-command": ("COPY . .", {}, "nothing known"),
    "arguments-of-a-base-image": ('CMD ["--port", "99"]', {}, "nothing known"),
}  # fmt: skip


def docker(after: str, files: dict[str, str]) -> Serving:
    base = files.get("FROM", "python:3.12")
    rest = {path: text for path, text in files.items() if path != "FROM"}
    readme = "---\nsdk: docker\n---\n"
    return serving(make("space", {"README.md": readme, "Dockerfile": f"FROM {base}\n{after}\n", **rest}))


def told(found: Serving) -> str:
    if not found.complete or not found.servers:
        return "nothing known"

    def part(evidence: Evidence) -> str:
        if evidence.value is None:
            return "?"
        unless = f", unless {evidence.variable}" if evidence.variable and evidence.how != "default" else ""
        return f"{evidence.value} ({evidence.how}{unless})" if evidence.how else str(evidence.value)

    return "; ".join(f"{server.name}:{part(server.port)} {part(server.host)}" for server in found.servers)


@pytest.mark.parametrize("case", TOOLS)
def test_tool(case: str) -> None:
    command, wanted = TOOLS[case]
    assert told(docker(f"CMD {command}", {})) == wanted


@pytest.mark.parametrize("case", CODE)
def test_framework(case: str) -> None:
    code, wanted = CODE[case]
    assert told(docker("WORKDIR /app\nCOPY . .\nCMD python app.py", {"app.py": code})) == wanted


@pytest.mark.parametrize("case", WAYS)
def test_way(case: str) -> None:
    after, files, wanted = WAYS[case]
    assert told(docker(after, files)) == wanted


def test_every_row_of_the_documentation_has_its_case() -> None:
    rows = re.findall(r"`([\w-]+)` \|$", DOCS.read_text("utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted([*TOOLS, *CODE, *WAYS])


def test_a_gradio_space_is_served_everywhere_on_what_the_hub_chooses() -> None:
    found = serving(make("space", {"README.md": "---\nsdk: gradio\n---\n", "app.py": GRADIO + "demo.launch()\n"}))
    assert found.port == 7860
    assert told(found) == f"gradio:? {ALL} (env)"


@pytest.mark.parametrize("sdk", ["static", "streamlit"])
def test_other_spaces_are_not_judged(sdk: str) -> None:
    files = {
        "README.md": f"---\nsdk: {sdk}\n---\n",
        "app.py": FLASK + "app.run()\n",
        "Dockerfile": "FROM a\nCMD flask run\n",
    }
    assert serving(make("space", files)).servers == ()


@pytest.mark.parametrize(
    ("app_port", "port", "given"),
    [
        ("", 7860, False),
        ("app_port: 8000\n", 8000, True),
        ("app_port: yes\n", None, True),
        ("app_port:\n", None, False),
    ],
)
def test_the_port_that_the_hub_uses(app_port: str, port: int | None, given: bool) -> None:
    found = serving(make("space", {"README.md": f"---\nsdk: docker\n{app_port}---\n", "Dockerfile": "FROM python\n"}))
    assert (found.port, found.given) == (port, given)


NODE = "FROM node:22\nWORKDIR /app\nCOPY . .\nCMD npm start\n"
NGINX = "FROM nginx\nCOPY n.conf /etc/nginx/conf.d/\n"
CADDY = "FROM caddy\nCOPY Caddyfile /etc/caddy/Caddyfile\n"
SUPERVISORD = "FROM python:3.12\nCOPY s.conf /etc/supervisor/conf.d/\nCMD supervisord -n\n"


@pytest.mark.parametrize(
    "files",
    [
        {"Dockerfile": "FROM python:3.12\nCMD uvicorn \\\n" + "a " * 20_000},
        {"Dockerfile": "FROM python:3.12\nCOPY . .\nCMD bash run.sh\n", "run.sh": "bash run.sh\n" * 50},
        {"Dockerfile": "FROM python:3.12\nCOPY --from=0 / /\nCMD bash /run.sh\n"},
        {"Dockerfile": 'FROM python:3.12\nCMD ["", ""]\n'},
        {"Dockerfile": "FROM python:3.12\nCMD python -m\n"},
        {"Dockerfile": NODE, "package.json": '{"scripts": {"start": "a", '},
        {"Dockerfile": NODE, "package.json": '{"scripts": ["start"]}'},
        {"Dockerfile": NODE, "package.json": '{"scripts": {"start": "npm start", "prestart": "npm start"}}'},
        {"Dockerfile": NODE, "package.json": '{"scripts": {"start": "next \\u0073tart \\"-p\\" 3000"}}'},
        {"Dockerfile": NODE, "package.json": "[" * 100_000},
        {"Dockerfile": NODE, "package.json": "{}", "server.js": "/*" * 100_000},
        {"Dockerfile": NODE, "package.json": "{}", "server.js": "(/[" * 100_000},
        {"Dockerfile": NODE, "package.json": "{}", "server.js": "const a = express()\na.listen(" + "(" * 100_000},
        {"Dockerfile": NODE, "package.json": "{}", "server.js": "const a = a\nconst b = express()\nb.listen(a)"},
        {"Dockerfile": NGINX, "n.conf": "listen " * 60_000},
        {"Dockerfile": NGINX, "n.conf": "listen ;listen :;listen [;listen ];listen 80 80;listen \u0661;"},
        {"Dockerfile": NGINX, "n.conf": "listen ${" * 30_000},
        {"Dockerfile": CADDY, "Caddyfile": "}{}}{{" * 10_000},
        {"Dockerfile": CADDY, "Caddyfile": ":99999 {\n}\n"},
        {"Dockerfile": CADDY, "Caddyfile": "{$" * 60_000},
        {"Dockerfile": SUPERVISORD, "s.conf": "[program:a]\ncommand=supervisord\n" * 30},
        {"Dockerfile": SUPERVISORD, "s.conf": "[program:a]\ncommand=\n[program:b]\n[include]\nfiles\n"},
        {
            "Dockerfile": "FROM python:3.12\nCOPY . .\nCMD streamlit run a.py\n",
            ".streamlit/config.toml": "[server\nport = 1",
        },
        {
            "Dockerfile": "FROM python:3.12\nCOPY . .\nCMD python app.py\n",
            "app.py": "import uvicorn\nuvicorn.run(port=1.5, host=b'')\n",
        },
    ],
)
def test_odd_input_is_no_crash(files: dict[str, str]) -> None:
    repository = make("space", {"README.md": "---\nsdk: docker\n---\n", **files})
    assert {found.place.path for found in findings(repository, "DK002", "DK003", "AC001", "AC002")} <= set(files)


@pytest.mark.parametrize(
    ("port", "help"),
    [(8000, "listen on 7860, or set `app_port: 8000` in README.md"), (80, "listen on 7860")],
)
def test_a_port_that_the_hub_refuses_is_no_way_out(port: int, help: str) -> None:
    files = {
        "README.md": "---\nsdk: docker\n---\n",
        "Dockerfile": "FROM python:3.12\nCOPY . .\nCMD python app.py\n",
        "app.py": f"import uvicorn\nuvicorn.run('app:app', host='{ALL}', port={port})\n",
    }
    commands = {"Dockerfile": f"FROM python:3.12\nCOPY . .\nCMD uvicorn app:app --host {ALL} --port {port}\n"}
    for changed in ({}, commands):
        assert [each.help for each in findings(make("space", {**files, **changed}), "AC002", "DK002")] == [help]
