"""Servers that are started by rarer commands: their flags, variables and defaults.

Defaults were read in the packages themselves: shiny 1.8, solara 1.64, marimo 0.25, mlflow 3.18, tensorboard 2.21,
react-scripts 5.0, @remix-run/serve 2.17, astro 6.0 (PyPI, npm), and in the repositories of vLLM, llama.cpp,
llama-cpp-python and text-generation-inference. docs/serving.md has the whole table.
"""

from __future__ import annotations

from hublint.space.serving.server import EVERYWHERE
from hublint.space.serving.server_commands import Tool

_MARIMO = Tool("marimo", port=("--port", "-p"), port_default=2718)
_MLFLOW = Tool(
    "mlflow", ("--host", "-h"), ("--port", "-p"), (), "MLFLOW_HOST", "MLFLOW_PORT", port_default=5000,
    hiding=("--gunicorn-opts", "--uvicorn-opts", "--waitress-opts"),
)  # fmt: skip
_VLLM = Tool("vllm", host_default=EVERYWHERE, hiding=("--uds",), config=("--config",))
_NOTEBOOK = Tool(
    "jupyter", ("--ip", "--ServerApp.ip", "--NotebookApp.ip"), ("--port", "--ServerApp.port", "--NotebookApp.port"),
    port_env="JUPYTER_PORT", host_default=None, port_default=8888, config=("--config", "--ServerApp.sock"),
    marks=("jupyter_", ".jupyter", "etc/jupyter", "DOCKER_STACKS"),
)  # fmt: skip
_ASTRO = Tool("astro", host_default=None, port_default=None, bare_host=True)

RARE_TOOLS: dict[tuple[str, ...], Tool] = {
    ("shiny", "run"): Tool("shiny", ("--host", "-h"), ("--port", "-p")),
    ("solara", "run"): Tool(
        "solara", host_env="HOST", port_env="PORT", host_default="localhost", port_default=8765,
        marks=("SOLARA_HOST", ".env"),
    ),
    ("marimo", "run"): _MARIMO,
    ("marimo", "edit"): _MARIMO,
    ("mlflow", "ui"): _MLFLOW,
    ("mlflow", "server"): _MLFLOW,
    ("tensorboard",): Tool(
        "tensorboard", host_default="localhost", port_default=6006, everywhere=("--bind_all",)
    ),
    ("vllm", "serve"): _VLLM,
    ("vllm.entrypoints.openai.api_server",): _VLLM,
    ("vllm.entrypoints.api_server",): _VLLM,
    ("llama-server",): Tool(
        "llama-server", host_env="LLAMA_ARG_HOST", port_env="LLAMA_ARG_PORT", port_default=8080
    ),
    ("llama_cpp.server",): Tool(
        "llama_cpp.server", host_env="HOST", port_env="PORT", host_default="localhost", config=("--config_file",),
        marks=("CONFIG_FILE",),
    ),
    ("text-generation-launcher",): Tool(
        "text-generation-launcher", ("--hostname",), ("--port", "-p"), port_env="PORT", host_default=None,
        port_default=3000,
    ),
    ("react-scripts", "start"): Tool(
        "react-scripts", (), (), (), "HOST", "PORT", host_default=EVERYWHERE, port_default=3000, marks=(".env",)
    ),
    ("remix-serve",): Tool(
        "remix-serve", (), (), (), "HOST", "PORT", host_default=EVERYWHERE, port_default=3000, marks=(".env",)
    ),
    ("astro", "dev"): _ASTRO,
    ("astro", "preview"): _ASTRO,
    ("ng", "serve"): Tool("ng", host_default=None, port_default=None),
    ("start-notebook.py",): _NOTEBOOK,
    ("start-notebook.sh",): _NOTEBOOK,
    ("start.sh", "jupyter"): _NOTEBOOK,
    ("reflex", "run"): Tool("reflex", (), (), host_default=None, port_default=None),
}  # fmt: skip
