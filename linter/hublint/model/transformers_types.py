"""What transformers writes as `model_type` into config.json.

Source: CONFIG_MAPPING_NAMES of PyPI transformers 4.36.0, 4.57.1 and 5.23.0, without the parts of composite models.
"""

from __future__ import annotations

MODEL_TYPES = frozenset(
    """
    afmoe aimv2 albert align altclip apertus arcee aria aria_text audio-spectrogram-transformer audioflamingo3
    autoformer axk1 axk2 aya_vision bailing_hybrid bamba bark bart beam beit bert bert-generation big_bird
    bigbird_pegasus biogpt bit bitnet blenderbot blenderbot-small blip blip-2 bloom blt bridgetower bros camembert
    canary canine chameleon chinese_clip chmv2 clap clap_audio_model clip clip_text_model clip_vision_model clipseg
    clvp code_llama codegen cohere cohere2 cohere2_moe cohere2_vision cohere_asr cohere_compass cohere_compass_text
    colmodernvbert colpali colqwen2 conditional_detr convbert convnext convnextv2 cosmos3_edge cosmos3_edge_text
    cosmos3_omni cpmant csm csm_depth_decoder_model ctrl cvt cwm d_fine dab-detr dac data2vec-audio data2vec-text
    data2vec-vision dbrx deberta deberta-v2 decision_transformer deepseek_ocr2 deepseek_ocr2_text deepseek_v2
    deepseek_v3 deepseek_v32 deepseek_v4 deepseek_vl deepseek_vl_hybrid deformable_detr deimv2 deit depth_anything
    depth_pro deta detr dia diffllama diffusion_gemma diffusion_gemma_text dinat dinov2 dinov2_with_registers
    dinov3_convnext dinov3_vit distilbert doge donut-swin dots1 dots3_note dots3_note_text dpr dpt edgetam
    edgetam_video efficientformer efficientloftr efficientnet electra embedding_gemma2 embedding_gemma2_text emu3
    encodec encoder-decoder eomt eomt_dinov3 ernie ernie4_5 ernie4_5_moe ernie4_5_vl_moe ernie4_5_vl_moe_text
    ernie_m esm esmc esmfold2 eurobert evolla exaone4 exaone4_5 exaone_moe falcon falcon_h1 falcon_mamba fast_vlm
    fastspeech2_conformer fastspeech2_conformer_hifigan fastspeech2_conformer_with_hifigan flaubert flava flex_olmo
    flint florence2 fnet focalnet fsmt fun_asr_nano funnel fuyu gemma gemma2 gemma3 gemma3_text gemma3n gemma3n_text
    gemma4 gemma4_assistant gemma4_text gemma4_unified gemma4_unified_assistant gemma4_unified_text git glm glm4
    glm46v glm4_moe glm4_moe_lite glm4v glm4v_moe glm4v_moe_text glm4v_text glm5_next glm5_next_text glm_image
    glm_image_text glm_moe_dsa glm_ocr glm_ocr_text glmasr glmga glpn got_ocr2 gpt-sw3 gpt2 gpt_bigcode gpt_neo
    gpt_neox gpt_neox_japanese gpt_oss gptj gptsan-japanese gradium_phonon_tts granite granite4_vision
    granite4_vision_text granite_docling granite_docling_text granite_speech granite_speech5_ctc granite_speech_plus
    granite_swa granitemoe granitemoe_swa granitemoehybrid granitemoeshared granitevision graphormer grounding-dino
    groupvit gte helium hgnet_v2 hiera higgs_audio_v2 hrm_text hubert hunyuan_v1_dense hunyuan_v1_moe hunyuan_vl
    hunyuan_vl_text hy_v3 hy_v4 hyperclovax hyperclovax_vision_v2 ibert idefics idefics2 idefics3 ijepa imagegpt
    informer inkling2 inkling2_text inkling_mm_model inkling_text instructblip instructblipvideo internlm3 internvl
    iquestcoder jais2 jamba janus jetmoe jev jina_embeddings_v3 jukebox kimi_k25 kimi_linear kolibri1 kosmos-2
    kosmos-2.5 kyutai_speech_to_text laguna lasr_ctc layoutlm layoutlmv2 layoutlmv3 layoutxlm led levit lfm2
    lfm2_moe lfm2_vl lfm3 lfm3_vl lightglue lighton_ocr lilt llama llama4 llama4_text llava llava_next
    llava_next_video llava_onevision longcat_flash longformer longt5 luke lw_detr lw_detr_vit lxmert m2m_100 mamba
    mamba2 marian markuplm mask2former maskformer maskformer-swin mbart mctct mega megatron-bert mellum metaclip_2
    mgp-str mimi mimo_v2_flash minicpm3 minicpm_ocr minicpmv4_6 minicpmv4_7 minimax minimax_m2 minimax_m3_vl
    minimax_m3_vl_text ministral ministral3 mistral mistral3 mistral4 mistral_large4 mistral_large4_text mixtral
    mlcd mllama mm-grounding-dino mobilebert mobilenet_v1 mobilenet_v2 mobilevit mobilevitv2 modernbert
    modernbert-decoder modernvbert molmo2 molmo2_text moonshine moonshine_streaming moshi moshi_depth
    moss_transcribe_diarize mpnet mpt mra mt5 muse_glimmer muse_glimmer_assistant muse_glimmer_text muse_spark
    muse_spark_text musicflamingo musicgen musicgen_melody mvp nanochat nat nemo_speechlm nemotron nemotron3_5_asr
    nemotron3_diarization nemotron_asr_streaming nemotron_h nemotron_h_omni neomme neucodec nezha nllb-moe
    nomic_bert nougat nystromformer olmo olmo2 olmo3 olmo_hybrid olmoe omdet-turbo oneformer open-llama openai-gpt
    openai_privacy_filter opt ovis2 owlv2 owlvit paddleocr_vl paddleocr_vl_text paligemma parakeet_ctc parakeet_rnnt
    parakeet_tdt patchtsmixer patchtst pe_audio pe_audio_video pe_video pegasus pegasus_x perceiver
    perception_encoder perception_lm persimmon phi phi3 phi4_multimodal phimoe pi0 pix2struct pixio pixtral plbart
    pocket_tts poolformer pop2piano pp_chart2table pp_doclayout_v2 pp_doclayout_v3 pp_doclayout_v4 pp_formulanet
    pp_formulanet_text pp_lcnet pp_lcnet_v3 pp_lcnet_v4 pp_ocrv5_mobile_det pp_ocrv5_mobile_rec pp_ocrv5_server_det
    pp_ocrv5_server_rec pp_ocrv6_medium_det pp_ocrv6_small_det pp_ocrv6_small_rec pp_ocrv6_tiny_rec
    prompt_depth_anything prophetnet pvt pvt_v2 qdqbert qianfan_ocr qwen2 qwen2_5_omni qwen2_5_omni_text
    qwen2_5_omni_thinker qwen2_5_vl qwen2_5_vl_text qwen2_audio qwen2_moe qwen2_vl qwen2_vl_text qwen3 qwen3_5
    qwen3_5_moe qwen3_5_moe_text qwen3_5_text qwen3_asr qwen3_moe qwen3_next qwen3_omni_moe qwen3_omni_moe_text
    qwen3_omni_moe_thinker qwen3_vl qwen3_vl_moe qwen3_vl_moe_text qwen3_vl_text qwen4_exp qwen4_exp_text radio rag
    realm recurrent_gemma reformer regnet rembert resnet retribert rf_detr rf_detr_dinov2 roberta
    roberta-prelayernorm roc_bert roformer rt_detr rt_detr_resnet rt_detr_v2 rwkv sam sam2 sam2_video sam3
    sam3_lite_text sam3_tracker sam3_tracker_video sam3_video sam_hq sapiens2 sapiens2_head seamless_m4t
    seamless_m4t_v2 seed_oss segformer seggpt sew sew-d shieldgemma2 siglip siglip2 siglip2_vision_model
    siglip_text_model siglip_vision_model slanet slanext smollm3 smolvlm solar_open speech-encoder-decoder
    speech_to_text speech_to_text_2 speecht5 speecht5_hifigan splinter squeezebert stablelm starcoder2 step3p5
    step3p7 superglue superpoint swiftformer swin swin2sr swinv2 switch_transformers t5 t5_gemma_module t5gemma
    t5gemma2 t5gemma2_text table-transformer tapas textnet time_series_transformer timesfm timesfm2_5 timesformer
    timm_backbone timm_wrapper tipsv2 tipsv2_dpt trajectory_transformer transfo-xl trocr tvlt tvp udop ultrabert
    ultravbert umt5 unispeech unispeech-sat univnet unlimited_ocr unlimited_ocr_text upernet uvdoc van vaultgemma
    vibevoice vibevoice_asr vibevoice_diffusion video_llama_3 video_llava videomae videomt videoprism vilt vipllava
    vision-encoder-decoder vision-text-dual-encoder visual_bert vit vit_hybrid vit_mae vit_msn vitdet vitmatte
    vitpose vits vivit vjepa2 voxtral voxtral_realtime voxtral_realtime_text wav2vec2 wav2vec2-bert
    wav2vec2-conformer wavlm whisper xclip xcodec xcodec2 xglm xlm xlm-prophetnet xlm-roberta xlm-roberta-xl xlnet
    xlstm xmod yolos yoso youtu zamba zamba2 zaya zoedepth
    """.split()
)
