"""Which packages, at their newest, hold back what a Gradio Space breaks with: asked of uv's resolver.

The answer goes into upstream/gradio_starts.json as `free`: names beside which pip takes a huggingface_hub, pydantic,
Starlette and numpy that are too new for old releases. Names that are there are not asked again.
"""

from __future__ import annotations

import subprocess

# At or after these releases something of the table `gradio_starts` breaks.
BREAKING = {"huggingface-hub": (1, 0), "pydantic": (2, 11), "starlette": (1, 0), "numpy": (2, 0)}
# The packages that Spaces ask for without a version and that need one of those in turn.
NAMES = """
transformers datasets diffusers accelerate peft sentence-transformers tokenizers safetensors evaluate timm openai
langchain langchain-core langchain-community langchain-openai langchain-huggingface langchain-text-splitters llama-
index smolagents anthropic google-genai google-generativeai groq mistralai pydantic-settings chromadb spacy fastapi
uvicorn gradio-client ultralytics trl optimum faster-whisper spaces open-clip-torch bitsandbytes controlnet-aux
qdrant-client ollama cohere langgraph tavily-python litellm wandb supervision easyocr rembg scikit-learn pandas scipy
opencv-python opencv-python-headless matplotlib numba librosa soundfile torch torchvision torchaudio tensorflow
onnxruntime seaborn plotly altair huggingface-hub pydantic starlette numpy gradio kokoro xgboost lightgbm shap nltk
gensim decord insightface replicate imageio moviepy einops omegaconf protobuf pydub gtts edge-tts yt-dlp pymupdf pypdf
faiss-cpu mediapipe kornia speechrecognition
fastai pytorch-lightning lightning torchmetrics albumentations webdataset natsort plyfile fire yacs gdown icecream
open3d pywavelets noisereduce langchain-google-genai langchain-tavily langchain-groq langchain-anthropic
langchain-experimental langchain-chroma llama-index-core tiktoken sentencepiece sacremoses rouge-score sacrebleu jiwer
ftfy beautifulsoup4 lxml wikipedia duckduckgo-search ddgs arxiv pypdf2 pdfplumber python-docx docx2txt openpyxl
reportlab fpdf fpdf2 markdown jinja2 flask flask-cors aiohttp httpx requests python-multipart python-dotenv loguru
rich tqdm psutil joblib networkx sympy statsmodels yfinance textblob vadersentiment spacy-transformers langdetect
deep-translator resampy audioread openai-whisper speechbrain phonemizer unidecode
""".split()


def free(name: str, python: str) -> bool:
    """Whether nothing of the four is held back beside the newest release of a package."""
    wanted = "\n".join((name, *BREAKING))
    command = ("uv", "pip", "compile", "-q", "--no-header", "--no-annotate", "--python-version", python, "-")
    done = subprocess.run(command, input=wanted, capture_output=True, encoding="utf-8", check=False, timeout=300)
    got = dict(line.split("==") for line in done.stdout.splitlines() if "==" in line)
    return not done.returncode and all(
        tuple(map(int, got[each].split(".")[:2])) >= least for each, least in BREAKING.items()
    )
