"""Evaluation results: a model card's `model-index`, `.eval_results/*.yaml` and a benchmark's eval.yaml."""
