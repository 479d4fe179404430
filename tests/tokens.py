"""Credentials made at run time by the providers' descriptions, so that no scanner finds one in the sources.

Fixtures and documentation write `hf_[34 letters]` and the other marks of `MARKS` where a real token would stand;
`hf_[redacted 34 letters]` stands for what hublint shows of it.
"""

from __future__ import annotations

import base64
import json
import random
import string
import zlib
from typing import TYPE_CHECKING, Any

from hublint.secrets.redaction import redact

if TYPE_CHECKING:
    from collections.abc import Callable

LETTERS = string.ascii_letters
WORD = string.ascii_letters + string.digits
LOWER = string.ascii_lowercase + string.digits
URLSAFE = WORD + "-_"
STANDARD = WORD + "+/"
HEX = "0123456789abcdef"
DIGITS = string.digits
BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase


class Maker(random.Random):
    """Makes credentials by the providers' descriptions, not by the detector's patterns."""

    def of(self, alphabet: str, length: int) -> str:
        # The ends are letters or digits, so that a boundary is never in doubt.
        inner = "".join(self.choices(alphabet, k=length))
        edge = [character for character in alphabet if character.isalnum()]
        return self.choice(edge) + inner[1:-1] + self.choice(edge) if length > 1 else inner

    def uuid(self) -> str:
        return "-".join(self.of(HEX, length) for length in (8, 4, 4, 4, 12))

    def checked(self) -> str:
        entropy = self.of(WORD, 30)
        number = zlib.crc32(entropy.encode())
        digits = "".join(BASE62[number // 62**place % 62] for place in range(5, -1, -1))
        return entropy + digits

    def jwt(self, claims: dict[str, object]) -> str:
        head = {"alg": "EdDSA", "kid": self.of(WORD, 12)}
        parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in (head, claims)]
        return ".".join([*parts, self.of(URLSAFE, 43)])


def _jwt(maker: Maker) -> str:
    return maker.jwt({"sub": maker.of(HEX, 24), "jti": maker.uuid(), "aud": maker.of(WORD, 20)})


def _discord(maker: Maker) -> str:
    user = base64.b64encode(("1" + maker.of(DIGITS, 17)).encode()).decode()
    return f"{user}.{maker.of(URLSAFE, 6)}.{maker.of(URLSAFE, 38)}"


def _grafana(maker: Maker) -> str:
    key = json.dumps({"k": maker.of(WORD, 32), "n": maker.of(LOWER, 12), "id": 1}, separators=(",", ":"))
    return base64.b64encode(key.encode()).decode()


def _mapbox(maker: Maker) -> str:
    claims = base64.urlsafe_b64encode(b'{"u":"' + maker.of(WORD, 40).encode() + b'"}').decode().rstrip("=")
    return f"sk.{claims}.{maker.of(URLSAFE, 22)}"


def _slack_webhook(maker: Maker) -> str:
    upper = LOWER.upper()
    return f"hooks.slack.com/services/T{maker.of(upper, 8)}/B{maker.of(upper, 10)}/{maker.of(WORD, 24)}"


def _teams_webhook(maker: Maker) -> str:
    ids = f"{maker.uuid()}@{maker.uuid()}"
    return f"webhook.office.com/webhookb2/{ids}/IncomingWebhook/{maker.of(HEX, 32)}/{maker.uuid()}"


MAKERS: dict[str, Callable[[Maker], str]] = {
    "hf-user": lambda m: "hf_" + m.of(LETTERS, 34),
    "hf-organization": lambda m: "api_org_" + m.of(LETTERS, 34),
    "hf-oauth": lambda m: "hf_oauth_" + _jwt(m),
    "hf-trusted-publisher": lambda m: "hf_jwt_" + _jwt(m),
    "openai-project": lambda m: "sk-proj-" + m.of(URLSAFE, 74) + "T3Blbk" + "FJ" + m.of(URLSAFE, 74),
    "openai-user": lambda m: "sk-" + m.of(WORD, 20) + "T3Blbk" + "FJ" + m.of(WORD, 20),
    "deepseek": lambda m: "sk-" + m.of(HEX, 32),
    "anthropic": lambda m: "sk-ant-" + "api03-" + m.of(URLSAFE, 93) + "AA",
    "google-api": lambda m: "AI" + "za" + "Sy" + m.of(URLSAFE, 33),
    "google-gemini": lambda m: "AQ." + "Ab8" + "RN6" + m.of(URLSAFE, 44),
    "groq": lambda m: "gsk_" + m.of(WORD, 52),
    "replicate": lambda m: "r8_" + m.of(WORD, 37),
    "perplexity": lambda m: "pplx-" + m.of(WORD, 48),
    "xai": lambda m: "xai-" + m.of(WORD, 80),
    "openrouter": lambda m: "sk-or-v1-" + m.of(HEX, 64),
    "together": lambda m: "tgp_v1_" + m.of(URLSAFE, 43),
    "cerebras": lambda m: "csk-" + m.of(LOWER, 48),
    "nvidia": lambda m: "nvapi-" + m.of(URLSAFE, 64),
    "fireworks": lambda m: "fw_" + m.of(WORD, 24),
    "elevenlabs": lambda m: "sk_" + m.of(HEX, 48),
    "jina": lambda m: "jina_" + m.of(HEX, 32) + m.of(URLSAFE, 28),
    "voyage": lambda m: "pa-" + m.of(URLSAFE, 43),
    "tavily": lambda m: "tvly-" + m.choice(["", "dev-"]) + m.of(WORD, 32),
    "firecrawl": lambda m: "fc-" + m.of(HEX, 32),
    "wandb": lambda m: "wandb_v1_" + m.of(URLSAFE, 77),
    "langsmith": lambda m: f"lsv2_pt_{m.of(HEX, 32)}_{m.of(HEX, 10)}",
    "langfuse": lambda m: "sk-lf-" + m.uuid(),
    "pinecone": lambda m: f"pcsk_{m.of(WORD, 6)}_{m.of(WORD, 63)}",
    "kaggle": lambda m: "KGAT_" + m.of(HEX, 32),
    "apify": lambda m: "apify_api_" + m.of(WORD, 36),
    "e2b": lambda m: "e2b_" + m.of(HEX, 40),
    "google-oauth-secret": lambda m: "GOCSPX-" + m.of(URLSAFE, 28),
    "google-oauth-token": lambda m: "ya29." + m.of(URLSAFE, 180),
    "google-refresh-token": lambda m: "1//0" + m.of(URLSAFE, 100),
    "aws-bedrock": lambda m: "ABSK" + base64.b64encode(b"BedrockAPIKey-" + m.of(WORD, 79).encode()).decode(),
    "azure-storage": lambda m: base64.b64encode(m.randbytes(64)).decode(),
    "azure-service": lambda m: m.of(STANDARD, 33) + m.choice(["AIoT", "+AEh", "+ASb"]) + m.of(STANDARD, 6) + "=",
    "azure-annotated": lambda m: f"{m.of(WORD, 52)}JQQJ99BCACYeBjFXJ3w{m.of(WORD, 5)}AAABACOG",
    "azure-ad": lambda m: f"{m.of(WORD + '_.~', 3)}{m.of(DIGITS, 1)}Q~{m.of(WORD + '_.-', m.randint(31, 34))}",
    "databricks": lambda m: "dapi" + m.of(HEX, 32),
    "digitalocean": lambda m: "dop_v1_" + m.of(HEX, 64),
    "cloudflare": lambda m: "cfut_" + m.of(WORD, 40) + m.of(HEX, 8),
    "heroku": lambda m: "HRKU-AA" + m.of(URLSAFE, 58),
    "supabase-access": lambda m: "sbp_" + m.of(HEX, 40),
    "supabase-secret": lambda m: "sb_secret_" + m.of(WORD, 22) + "_" + m.of(WORD, 8),
    "supabase-service-role": lambda m: m.jwt({"iss": "supabase", "ref": m.of(LOWER, 20), "role": "service_role"}),
    "vercel": lambda m: "vcp_" + m.of(WORD, 56),
    "netlify": lambda m: "nfp_" + m.of(WORD, 36),
    "fly": lambda m: "fm2_" + base64.b64encode(m.randbytes(300)).decode(),
    "fly-legacy": lambda m: "fo1_" + m.of(URLSAFE, 43),
    "doppler": lambda m: "dp.pt." + m.of(WORD, 43),
    "vault": lambda m: "hvs." + m.of(URLSAFE, 95),
    "pulumi": lambda m: "pul-" + m.of(HEX, 40),
    "planetscale": lambda m: "pscale_tkn_" + m.of(URLSAFE, 43),
    "prefect": lambda m: "pnu_" + m.of(WORD, 36),
    "tailscale": lambda m: f"tskey-auth-{m.of(WORD, 17)}-{m.of(WORD, 32)}",
    "github": lambda m: m.choice(["ghp_", "gho_", "ghu_"]) + m.checked(),
    "github-refresh": lambda m: "ghr_" + m.of(WORD, 76),
    "github-app": lambda m: "ghs_" + m.checked(),
    "github-fine-grained": lambda m: f"github_pat_{m.of(WORD, 22)}_{m.of(WORD, 59)}",
    "gitlab": lambda m: "glpat-" + m.of(URLSAFE, 20),
    "npm": lambda m: "npm_" + m.checked(),
    "pypi": lambda m: "pypi-" + "AgEIcHlwaS5v" + "cmcCJ" + m.of(URLSAFE, 150),
    "rubygems": lambda m: "rubygems_" + m.of(HEX, 48),
    "docker-hub": lambda m: "dckr_pat_" + m.of(URLSAFE, 27),
    "postman": lambda m: f"PMAK-{m.of(HEX, 24)}-{m.of(HEX, 34)}",
    "sentry-org": lambda m: "sntrys_eyJ" + m.of(WORD, 120) + "_" + m.of(STANDARD, 43),
    "sentry-user": lambda m: "sntryu_" + m.of(HEX, 64),
    "new-relic": lambda m: "NRAK-" + m.of(string.ascii_uppercase + DIGITS, 27),
    "grafana-service": lambda m: f"glsa_{m.of(WORD, 32)}_{m.of(HEX, 8)}",
    "grafana-legacy": _grafana,
    "grafana-cloud": lambda m: "glc_eyJ" + m.of(WORD, 110),
    "terraform": lambda m: f"{m.of(WORD, 14)}.atlasv1.{m.of(WORD, 67)}",
    "posthog": lambda m: "phx_" + m.of(WORD, 43),
    "sourcegraph": lambda m: f"sgp_{m.of(HEX, 16)}_{m.of(HEX, 40)}",
    "artifactory": lambda m: "AKCp" + m.of(WORD, 69),
    "onepassword": lambda m: "ops_eyJ" + m.of(WORD, 400),
    "age": lambda m: "AGE-SECRET-KEY-1" + m.of("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58),
    "atlassian": lambda m: "ATATT3" + m.of(URLSAFE, 186),
    "linear": lambda m: "lin_api_" + m.of(WORD, 40),
    "notion": lambda m: "ntn_" + m.of(DIGITS, 11) + m.of(WORD, 35),
    "notion-internal": lambda m: "secret_" + m.of(WORD, 43),
    "sonar": lambda m: m.choice(["squ_", "sqp_", "sqa_"]) + m.of(HEX, 40),
    "buildkite": lambda m: "bkua_" + m.of(LOWER, 40),
    "circleci": lambda m: f"CCIPAT_{m.of(WORD, 22)}_{m.of(HEX, 40)}",
    "contentful": lambda m: "CFPAT-" + m.of(URLSAFE, 43),
    "typeform": lambda m: "tfp_" + m.of(WORD + "_", 50),
    "airtable": lambda m: f"pat{m.of(WORD, 14)}.{m.of(HEX, 64)}",
    "figma": lambda m: "figd_" + m.of(URLSAFE, 40),
    "mapbox": _mapbox,
    "dropbox": lambda m: "sl." + m.of(URLSAFE, 136),
    "slack": lambda m: f"xoxb-{m.of(DIGITS, 12)}-{m.of(DIGITS, 12)}-{m.of(WORD, 24)}",
    "slack-app": lambda m: f"xapp-1-A{m.of(LOWER.upper(), 10)}-{m.of(DIGITS, 13)}-{m.of(HEX, 64)}",
    "slack-configuration": lambda m: "xoxe-1-" + m.of(WORD, 146),
    "slack-webhook": _slack_webhook,
    "discord-bot": _discord,
    "discord-webhook": lambda m: "discord.com/" + f"api/webhooks/1{m.of(DIGITS, 18)}/{m.of(URLSAFE, 68)}",
    "telegram": lambda m: f"1{m.of(DIGITS, 9)}:AA{m.of(URLSAFE, 33)}",
    "twitter-bearer": lambda m: f"{'A' * 21}{m.of(WORD, 14)}%2{m.choice('BF')}{m.of(WORD, 30)}%3D{m.of(WORD, 48)}",
    "stripe": lambda m: "sk_" + "live_" + m.of(WORD, 99),
    "stripe-webhook": lambda m: "whsec_" + m.of(WORD, 32),
    "sendgrid": lambda m: f"SG.{m.of(URLSAFE, 22)}.{m.of(URLSAFE, 43)}",
    "mailgun": lambda m: "key-" + m.of(HEX, 32),
    "mailchimp": lambda m: m.of(HEX, 32) + "-us12",
    "brevo": lambda m: f"xkeysib-{m.of(HEX, 64)}-{m.of(WORD, 16)}",
    "resend": lambda m: f"re_{m.of(WORD, 8)}_{m.of(WORD, 24)}",
    "shopify": lambda m: "shpat_" + m.of(HEX, 32),
    "square": lambda m: "sq0csp-" + m.of(URLSAFE, 43),
    "square-access": lambda m: "EAAA" + "l" + m.of(URLSAFE, 59),
    "facebook": lambda m: "EAAC" + m.of(WORD, 160),
    "hubspot": lambda m: "pat-na1-" + m.uuid(),
    "razorpay": lambda m: "rzp_live_" + m.of(WORD, 14),
    "intra42": lambda m: "s-s4t2ud-" + m.of(HEX, 64),
    "readme": lambda m: "rdme_" + m.of(LOWER, 70),
    "shippo": lambda m: "shippo_live_" + m.of(HEX, 40),
    "duffel": lambda m: "duffel_" + "live_" + m.of(URLSAFE, 43),
    "flutterwave": lambda m: f"FLWSECK-{m.of(HEX, 32)}-X",
    "easypost": lambda m: "EZAK" + m.of(WORD, 54),
    "teams-webhook": _teams_webhook,
}  # fmt: skip

NAMED: dict[str, tuple[str, Callable[[Maker], str]]] = {
    "wandb-legacy": ("WANDB_API_KEY", lambda m: m.of(HEX, 40)),
    "cohere": ("COHERE_API_KEY", lambda m: m.of(WORD, 40)),
    "mistral": ("MISTRAL_API_KEY", lambda m: m.of(WORD, 32)),
    "kaggle-legacy": ("KAGGLE_KEY", lambda m: m.of(HEX, 32)),
    "together-legacy": ("TOGETHER_API_KEY", lambda m: m.of(HEX, 64)),
    "elevenlabs-legacy": ("ELEVENLABS_API_KEY", lambda m: m.of(HEX, 32)),
    "assemblyai": ("ASSEMBLYAI_API_KEY", lambda m: m.of(HEX, 32)),
    "deepgram": ("DEEPGRAM_API_KEY", lambda m: m.of(HEX, 40)),
    "serpapi": ("SERPAPI_API_KEY", lambda m: m.of(HEX, 64)),
    "azure-openai": ("AZURE_OPENAI_API_KEY", lambda m: m.of(WORD, 84)),
    "exa": ("EXA_API_KEY", lambda m: m.uuid()),
    "heroku-legacy": ("HEROKU_API_KEY", lambda m: m.uuid()),
    "cloudflare-legacy": ("CLOUDFLARE_API_TOKEN", lambda m: m.of(URLSAFE, 40)),
    "datadog": ("DD_API_KEY", lambda m: m.of(HEX, 32)),
    "twilio": ("TWILIO_AUTH_TOKEN", lambda m: m.of(HEX, 32)),
    "algolia": ("ALGOLIA_ADMIN_KEY", lambda m: m.of(HEX, 32)),
    "alibaba": ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", lambda m: m.of(WORD, 30)),
    "netlify-legacy": ("NETLIFY_AUTH_TOKEN", lambda m: m.of(URLSAFE, 43)),
    "vercel-legacy": ("VERCEL_TOKEN", lambda m: m.of(WORD, 24)),
    "mailgun-account": ("MAILGUN_API_KEY", lambda m: f"{m.of(HEX, 32)}-{m.of(HEX, 8)}-{m.of(HEX, 8)}"),
}


def _private_key() -> str:
    """What a small key in PKCS#8 looks like; it opens nothing."""
    data = base64.b64encode(bytes.fromhex("302e020100300506032b657004220420") + Maker("key").randbytes(80)).decode()
    return "\n".join(data[start : start + 64] for start in range(0, len(data), 64))


def _aws() -> str:
    return Maker("aws").of(STANDARD, 40)


MARKS = {
    "hf_[34 letters]": MAKERS["hf-user"](Maker("one")),
    "hf_[34 other letters]": MAKERS["hf-user"](Maker("other")),
    "sk-[48 characters]": MAKERS["openai-user"](Maker("openai")),
    "gsk_[52 characters]": MAKERS["groq"](Maker("groq")),
    "ghp_[36 characters]": "ghp_" + Maker("github").checked(),
    "[40 characters of a key]": _aws(),
    "[64 hexadecimal digits]": Maker("hexadecimal").of(HEX, 64),
    "[private key]": _private_key(),
    "[private key on one line]": _private_key().replace("\n", "\\n"),
    "[24 characters]": Maker("password").of(WORD, 24),
    "[14 characters]": Maker("login").of(WORD, 14),
    "[4 groups of 4 letters]": " ".join(("qzvt", "xkrh", "wplm", "yjbn")),
    "[64 bytes in base 64]": base64.b64encode(Maker("azure").randbytes(64)).decode(),
}


def with_tokens(value: Any) -> Any:
    """A text, or a list or dict of texts, with credentials in the place of their marks."""
    if isinstance(value, dict):
        return {with_tokens(key): with_tokens(each) for key, each in value.items()}
    if isinstance(value, list):
        return [with_tokens(each) for each in value]
    if isinstance(value, str):
        for mark, token in MARKS.items():
            value = value.replace(mark, token).replace(mark.replace("[", "[redacted "), redact(token))
    return value
