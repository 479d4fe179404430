"""What a model's configuration says about its task: transformers' class names, diffusers' pipelines, vision parts."""

from __future__ import annotations

from re import IGNORECASE

from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


# Endings of class names; a name of its own comes first. Source of both: the auto mappings of PyPI transformers 5.23.0
# (models/auto/modeling_auto.py), where each task lists its classes. T5, BART and the like serve many tasks: none.
_ENDINGS = (
    ("ForCausalLM", "text-generation"),
    ("ForMaskedLM", "fill-mask"),
    ("ForTokenClassification", "token-classification"),
    ("ForSequenceClassification", "text-classification"),
    ("ForQuestionAnswering", "question-answering"),
    ("ForMultipleChoice", "multiple-choice"),
    ("ForCTC", "automatic-speech-recognition"),
    ("ForAudioClassification", "audio-classification"),
    ("ForImageClassification", "image-classification"),
    ("ForImageClassificationWithTeacher", "image-classification"),
    ("ForObjectDetection", "object-detection"),
    ("ForSemanticSegmentation", "image-segmentation"),
    ("ForInstanceSegmentation", "image-segmentation"),
    ("ForUniversalSegmentation", "image-segmentation"),
    ("ForDepthEstimation", "depth-estimation"),
    ("ForVideoClassification", "video-classification"),
    ("ForKeypointDetection", "keypoint-detection"),
)
_NAMES = {
    "GPT2LMHeadModel": "text-generation",
    "MarianMTModel": "translation",
    "WhisperForConditionalGeneration": "automatic-speech-recognition",
    "MoonshineForConditionalGeneration": "automatic-speech-recognition",
    "Speech2TextForConditionalGeneration": "automatic-speech-recognition",
    "SpeechT5ForSpeechToText": "automatic-speech-recognition",
    "SpeechT5ForTextToSpeech": "text-to-speech",
    "VitsModel": "text-to-speech",
    "MusicgenForConditionalGeneration": "text-to-audio",
    "MusicgenMelodyForConditionalGeneration": "text-to-audio",
    "DetrForSegmentation": "image-segmentation",
    "TapasForQuestionAnswering": "table-question-answering",
    "ViltForQuestionAnswering": "visual-question-answering",
    "BlipForQuestionAnswering": "visual-question-answering",
    "LayoutLMForQuestionAnswering": "document-question-answering",
    "LayoutLMv2ForQuestionAnswering": "document-question-answering",
    "LayoutLMv3ForQuestionAnswering": "document-question-answering",
    "CLIPModel": "zero-shot-image-classification",
    "SiglipModel": "zero-shot-image-classification",
    "Siglip2Model": "zero-shot-image-classification",
    "SamModel": "mask-generation",
    "OwlViTForObjectDetection": "zero-shot-object-detection",
    "Owlv2ForObjectDetection": "zero-shot-object-detection",
    "GroundingDinoForObjectDetection": "zero-shot-object-detection",
    "MMGroundingDinoForObjectDetection": "zero-shot-object-detection",
    "OmDetTurboForObjectDetection": "zero-shot-object-detection",
}
_TEXT = frozenset(
    "text-generation fill-mask token-classification text-classification question-answering multiple-choice".split()
)
# Their `ForSequenceClassification` hears.
_AUDIO = "Data2VecAudio Hubert SEW SEWD UniSpeech UniSpeechSat Wav2Vec2 Wav2Vec2Bert Wav2Vec2Conformer WavLM".split()
# Ends like a text model's, is none or is a part of a model.
_NOT_TEXT = lazy(
    r"Fuyu|Git|TrOCR|Blip|Musicgen|Moshi|Bark|Phi4M|Mistral4|Audio|Speech|TTS|Vision|Vl|VL|Llava|Omni|Multimodal|Clvp|ImageGPT|Tapas"
)

_DIFFUSERS = (
    (lazy(r"(?:Img2Img|Inpaint|InstructPix2Pix|Kontext|Upscale|Edit|SuperResolution|ControlNet)"), None),
    (lazy(r"StableVideoDiffusionPipeline|\w*ImageToVideo\w*Pipeline"), "image-to-video"),
    (
        lazy(r"(?:CogVideoX|Wan|HunyuanVideo|LTX|Mochi|TextToVideoSD|Allegro|Latte|AnimateDiff)Pipeline"),
        "text-to-video",
    ),
    (lazy(r"(?:AudioLDM2?|MusicLDM|StableAudio)Pipeline"), "text-to-audio"),
    (lazy(r"(?:DDPM|DDIM|PNDM|ScoreSdeVe|KarrasVe|LDM)Pipeline"), "unconditional-image-generation"),
    (
        lazy(
            r"(?:StableDiffusion(?:XL|3)?|Flux|PixArt(?:Alpha|Sigma)|Sana|Kandinsky(?:V22|3)?|Wuerstchen\w*|StableCascade\w*"
            r"|HunyuanDiT|AuraFlow|Lumina2?|QwenImage|LatentConsistencyModel|IF|Chroma|CogView[34]|HiDreamImage|ZImage)Pipeline"
        ),
        "text-to-image",
    ),
)  # fmt: skip

# Class names of models that answer in text about pictures, their own repositories' code included.
_SEEING = lazy(
    r"VL(?:[A-Z_]|Moe|V2|$)|Vl(?=For|Moe)|VLM|Llava|Mllama|PaliGemma|Idefics|Intern_?VL|MiniCPMV|Phi3V|Molmo|Pixtral|Ovis|Vision\w*For"
    r"|Glm4\w?v|Moondream|Qwen3_5(?:Moe)?For(?!Causal)|Gemma3For(?!Causal)|Gemma4\w*For(?!Causal)|Llama4For(?!Causal)"
    r"|Mistral3For(?!Causal)|SmolVLM|Fuyu|Kimi_?K25"
)
_GENERATES = lazy(
    r"For(?:ConditionalGeneration|CausalLM|VisionText2Text)$|Chat(?:Model)?$|^MiniCPMV|^Moondream|^HfMoondream|^Ovis"
)
# Hears too, draws, embeds, moves or reads out a page: another task than chatting about a picture may be right.
_OTHER = lazy(
    r"Omni|Audio|Speech|MiniCPMO|Phi4M|Janus|Emu3|Chameleon|Bagel|PI0|Cosmos|Retrieval|Embed|Rerank|Reward|ForSequence"
)
_WHOLE = lazy(r"^(?:Fuyu|Llava\w*)For")
_CAPTIONS = lazy(
    r"^(?:Blip|InstructBlip|Git|Pix2Struct|Florence|Kosmos|VisionEncoderDecoder|Udop|GotOcr|PPFormula|Nougat|Donut)|Ocr|OCR"
)
_VISION_KEYS = ("vision_config", "visual", "vision_cfg", "visual_tokenizer_config", "img_processor", "mm_vision_tower")
_HEARING_KEYS = (
    "audio_config",
    "audio_processor",
    "speech_config",
    "talker_config",
    "thinker_config",
    "token2wav_config",
)


def architectures_of(config: dict[str, Any]) -> list[str]:
    """The class names in a config.json."""
    names = config.get("architectures")
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []


def task_of(config: dict[str, Any]) -> tuple[str, str] | None:
    """The task that a transformers config.json decides and the class name that does; None where it serves several."""
    names = architectures_of(config)
    if len(names) != 1:
        return None
    name = names[0]
    vision = vision_fact(config)
    if vision is not None:
        return None if is_captioner(config) else ("image-text-to-text", name)
    task = _NAMES.get(name)
    if task is None:
        task = next((task for ending, task in _ENDINGS if name.endswith(ending)), None)
        stem = name.partition("For")[0]
        if task == "text-classification" and stem in _AUDIO:
            task = "audio-classification"
        elif task is None or stem == name or (task in _TEXT and _is_not_text(name, config)):
            return None
    return (task, name) if task else None


def _is_not_text(name: str, config: dict[str, Any]) -> bool:
    """Whether a model sees or hears, though its class is called like a text model's."""
    parts = any(config.get(key) for key in (*_VISION_KEYS, *_HEARING_KEYS))
    return parts or bool(_NOT_TEXT.search(name) or _SEEING.search(name))


def vision_fact(config: dict[str, Any]) -> str | None:
    """Why a config.json is one of a model that writes text about pictures, as people read it; None where it is not.

    Models that hear too or do something else are left out, and so is the language part of such a model alone.
    """
    names = architectures_of(config)
    if any(_OTHER.search(name) for name in names) or any(config.get(key) for key in _HEARING_KEYS):
        return None
    model_type = config.get("model_type")
    if isinstance(model_type, str) and (model_type.endswith("_text") or "omni" in model_type):
        return None
    key = _sees(config)
    for name in names:
        if name.endswith("ForCausalLM"):
            # transformers' own classes of this ending are the language part; LLaVA's and remote code's are not
            if _WHOLE.search(name) or (key and (_SEEING.search(name) or isinstance(config.get("auto_map"), dict))):
                return f"config.json names {name}"
        elif _GENERATES.search(name) and (key or _SEEING.search(name)):
            return f"config.json names {name}"
    return None


def has_vision_part(config: dict[str, Any]) -> bool:
    """Whether a configuration describes a part that sees."""
    return bool(_sees(config))


def _sees(config: dict[str, Any]) -> str:
    """The key of a configuration that describes a part which sees, else empty."""
    return next((key for key in _VISION_KEYS if config.get(key)), "")


def is_captioner(config: dict[str, Any]) -> bool:
    """Whether a model describes or reads pictures and takes no instruction."""
    return any(_CAPTIONS.search(name) for name in architectures_of(config))


def task_of_pipeline(class_name: str) -> str | None:
    """The task of a diffusers pipeline by its class name. Source: the pipelines of PyPI diffusers 0.42.1."""
    for pattern, task in _DIFFUSERS:
        if task is None and pattern.search(class_name):
            return None
        if task is not None and pattern.fullmatch(class_name):
            return task
    return None


# Names of models on the Hub that surely are vision-language models, as the name part of an id.
_VLM_NAMES = lazy(
    r"(?:^|[-_])(?:qwen(?:2|2[._]5|3)?-?vl|qvq|(?:mono-)?internvl\d?|llava|smolvlm2?|paligemma2?|idefics[23]?|minicpm-(?:llama3-)?v"
    r"|deepseek-vl2?|cogvlm2?|pixtral|aya-vision|kimi-vl|lfm2(?:[._]5)?-vl|phi-3(?:\.5)?-vision|glm-4(?:\.\d)?v|molmo2?"
    r"|llama-3\.2-(?:11|90)b-vision|moondream\d?)(?=[-_.\d]|$)",
    IGNORECASE,
)
_VLM_OTHERWISE = lazy(
    r"embed|rerank|reward|retriev|text-?only|[-_]text(?:[-_]|$)|[-_]llm(?:[-_]|$)|omni|[-_]encoder|tokenizer|guard|classif|vla(?:[-_]|$)",
    IGNORECASE,
)


def is_vision_language_name(repo_id: str) -> bool:
    """Whether the name of a model on the Hub is unmistakably a vision-language model's."""
    name = repo_id.rpartition("/")[2]
    return bool(_VLM_NAMES.search(name)) and not _VLM_OTHERWISE.search(name)
