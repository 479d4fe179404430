"""The kinds of tokens that give themselves away by a prefix or a shape, and how each is revoked.

Formats are facts: the providers' documentation, and what gitleaks, trufflehog and GitHub's secret scanning look for.
"""

from __future__ import annotations

from hublint.records import NamedTuple
from hublint.secrets import token_checks as checks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


class TokenKind(NamedTuple):
    """One kind of token.

    `heads` are the literals that it begins with, empty where something before its first long part tells it.
    `pattern` matches the whole token, boundaries left out. `check` is asked after the pattern matched.
    `revoke` says in a few words how to make a leaked token worthless.
    """

    id: str
    name: str
    provider: str
    heads: tuple[str, ...]
    pattern: str
    revoke: str
    check: Callable[[str], bool] | None = None


_HF = "revoke it at https://huggingface.co/settings/tokens"
_HF_ANY = "send it to https://huggingface.co/api/credentials/revoke, which revokes it"
_WORD = r"[A-Za-z0-9]"
_URLSAFE = r"[A-Za-z0-9_-]"
_HEX = r"[0-9a-f]"
_UUID = rf"{_HEX}{{8}}(?:-{_HEX}{{4}}){{3}}-{_HEX}{{12}}"


def _kind(
    id: str,
    name: str,
    heads: str,
    pattern: str,
    revoke: str,
    check: Callable[[str], bool] | None = None,
    *,
    provider: str = "",
) -> TokenKind:
    """`pattern` goes on after one of the `heads`; with `~` in front it is the whole token."""
    literals = tuple(heads.split())
    if pattern.startswith("~"):
        whole = pattern[1:]
    else:
        whole = f"(?:{'|'.join(head.replace('.', '[.]') for head in literals)}){pattern}"
    return TokenKind(id, name, provider or name.split(" ")[0], literals, whole, revoke, check)


HUB_TOKENS: tuple[TokenKind, ...] = (
    _kind("hf-user", "Hugging Face user access token", "hf_", "[A-Za-z]{34}", _HF, checks.mixed_case,
          provider="Hugging Face"),
    _kind("hf-organization", "Hugging Face organization token", "api_org_", "[A-Za-z]{34}", _HF_ANY, checks.mixed_case,
          provider="Hugging Face"),
    _kind("hf-oauth", "Hugging Face OAuth token", "hf_oauth_",
          rf"eyJ{_URLSAFE}{{10,2000}}(?:\.{_URLSAFE}{{10,4000}}){{2}}",
          _HF_ANY, checks.rich, provider="Hugging Face"),
    _kind("hf-trusted-publisher", "Hugging Face trusted publisher token", "hf_jwt_",
          rf"eyJ{_URLSAFE}{{10,2000}}(?:\.{_URLSAFE}{{10,4000}}){{2}}", _HF_ANY, checks.rich, provider="Hugging Face"),
)  # fmt: skip

MODEL_PROVIDERS: tuple[TokenKind, ...] = (
    _kind("openai-project", "OpenAI API key", "sk-proj- sk-svcacct- sk-admin- sk-service-",
          rf"(?:{_URLSAFE}{{20,80}}T3BlbkFJ{_URLSAFE}{{20,80}}|{_URLSAFE}{{100,180}})",
          "delete it at platform.openai.com/api-keys", checks.rich),
    _kind("openai-user", "OpenAI API key", "sk-", rf"(?:None-)?{_WORD}{{20}}T3BlbkFJ{_WORD}{{20}}",
          "delete it at platform.openai.com/api-keys"),
    _kind("deepseek", "DeepSeek or DashScope API key", "sk-", r"[a-z0-9]{32}", "delete it in the provider's console",
          checks.varied),
    _kind("anthropic", "Anthropic API key", "sk-ant-", rf"(?:api|admin|oat|ort|sid)\d\d-{_URLSAFE}{{80,120}}",
          "delete it at console.anthropic.com/settings/keys", checks.rich),
    _kind("google-api", "Google API key", "AIza", rf"{_URLSAFE}{{35}}",
          "delete it at console.cloud.google.com/apis/credentials", checks.rich),
    _kind("google-gemini", "Google Gemini API key", "AQ.", rf"Ab8RN6{_URLSAFE}{{44}}",
          "delete it at aistudio.google.com/api-keys"),
    _kind("groq", "Groq API key", "gsk_", rf"{_WORD}{{52}}", "delete it at console.groq.com/keys", checks.varied),
    _kind("replicate", "Replicate API token", "r8_", rf"{_URLSAFE}{{37}}",
          "disable it at replicate.com/account/api-tokens", checks.varied),
    _kind("perplexity", "Perplexity API key", "pplx-", rf"(?:{_WORD}{{48}}|{_HEX}{{48}})",
          "delete it in the API settings of perplexity.ai", checks.varied),
    _kind("xai", "xAI API key", "xai-", rf"{_WORD}{{80}}", "delete it at console.x.ai", checks.varied),
    _kind("openrouter", "OpenRouter API key", "sk-or-v1-", rf"{_HEX}{{64}}", "delete it at openrouter.ai/keys"),
    _kind("together", "Together AI API key", "tgp_v1_", rf"{_URLSAFE}{{43}}",
          "revoke it at api.together.ai/settings/api-keys", checks.rich, provider="Together AI"),
    _kind("cerebras", "Cerebras API key", "csk-", "[a-z0-9]{48}", "delete it at cloud.cerebras.ai", checks.varied),
    _kind("nvidia", "NVIDIA API key", "nvapi-", rf"{_URLSAFE}{{64}}", "delete it at build.nvidia.com", checks.rich),
    _kind("fireworks", "Fireworks AI API key", "fw_", rf"{_WORD}{{24}}", "delete it at app.fireworks.ai", checks.varied,
          provider="Fireworks AI"),
    _kind("elevenlabs", "ElevenLabs API key", "sk_", rf"{_HEX}{{48}}",
          "delete it at elevenlabs.io/app/settings/api-keys"),
    _kind("jina", "Jina AI API key", "jina_", rf"{_HEX}{{32}}{_URLSAFE}{{28}}", "delete it at jina.ai/api-dashboard",
          provider="Jina AI"),
    _kind("voyage", "Voyage AI API key", "pa-", rf"{_URLSAFE}{{43}}", "delete it at dashboard.voyageai.com",
          checks.rich,
          provider="Voyage AI"),
    _kind("tavily", "Tavily API key", "tvly-", rf"(?:dev-|prod-)?{_URLSAFE}{{32,60}}", "delete it at app.tavily.com",
          checks.varied),
    _kind("firecrawl", "Firecrawl API key", "fc-", rf"{_HEX}{{32}}", "delete it at firecrawl.dev/app/api-keys"),
    _kind("wandb", "Weights & Biases API key", "wandb_v1_", rf"{_URLSAFE}{{70,90}}", "delete it at wandb.ai/settings",
          checks.rich, provider="Weights & Biases"),
    _kind("langsmith", "LangSmith API key", "lsv2_pt_ lsv2_sk_", rf"{_HEX}{{32}}_{_HEX}{{10}}",
          "delete it in the settings of smith.langchain.com"),
    _kind("langfuse", "Langfuse secret key", "sk-lf-", _UUID, "delete it in the project's settings"),
    _kind("pinecone", "Pinecone API key", "pcsk_", rf"{_WORD}{{5,6}}_{_WORD}{{63}}", "delete it at app.pinecone.io",
          checks.varied),
    _kind("kaggle", "Kaggle API token", "KGAT_", rf"{_HEX}{{32}}", "expire it at kaggle.com/settings"),
    _kind("apify", "Apify API token", "apify_api_", rf"{_WORD}{{36}}", "delete it at console.apify.com", checks.varied),
    _kind("e2b", "E2B API key", "e2b_", rf"{_HEX}{{40}}", "delete it at e2b.dev/dashboard"),
)  # fmt: skip

CLOUDS: tuple[TokenKind, ...] = (
    _kind("google-oauth-secret", "Google OAuth client secret", "GOCSPX-", rf"{_URLSAFE}{{28}}",
          "reset it at console.cloud.google.com/apis/credentials", checks.varied),
    _kind("google-oauth-token", "Google OAuth access token", "ya29.", rf"{_URLSAFE}{{50,400}}",
          "revoke it at myaccount.google.com/permissions", checks.rich),
    _kind("google-refresh-token", "Google OAuth refresh token", "1//0", rf"{_URLSAFE}{{60,120}}",
          "revoke it at myaccount.google.com/permissions", checks.rich),
    _kind("aws-bedrock", "AWS Bedrock API key", "ABSKQmVkcm9ja0FQSUtleS", r"[A-Za-z0-9+/]{80,260}={0,2}",
          "delete it in the IAM console"),
    _kind("azure-storage", "Azure storage account key", "AccountKey= SharedAccessKey=",
          r"~[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}==", "rotate it in the Azure portal", checks.rich),
    _kind("azure-service", "Azure access key", "",
          r"~[A-Za-z0-9+/]{76}(?:\+ABa|ACDb)[A-Za-z0-9+/]{6}=="
          r"|[A-Za-z0-9+/]{33}(?:AIoT|\+AEh|\+ASb|\+ARm)[A-Za-z0-9+/]{6}=",
          "regenerate it in the Azure portal", checks.rich, provider="Azure"),
    _kind("azure-annotated", "Azure API key", "",
          rf"~{_WORD}{{52}}JQQJ9[9DH]{_WORD}[A-L]{_WORD}{{16}}[A-Za-z]{_WORD}{{7}}(?:{_WORD}{{2}}==)?",
          "regenerate it in the Azure portal", checks.rich, provider="Azure"),
    _kind("azure-ad", "Microsoft Entra client secret", "",
          r"~[A-Za-z0-9_~.]{3}\dQ~[A-Za-z0-9_~.-]{31,34}",
          "delete it in the app registration", checks.random),
    _kind("databricks", "Databricks access token", "dapi", rf"{_HEX}{{32}}(?:-\d)?", "revoke it in the user settings"),
    _kind("digitalocean", "DigitalOcean token", "dop_v1_ doo_v1_ dor_v1_", rf"{_HEX}{{64}}",
          "delete it at cloud.digitalocean.com/account/api"),
    _kind("cloudflare", "Cloudflare API token", "cfut_ cfat_ cfk_", rf"{_WORD}{{40}}{_HEX}{{8}}",
          "roll it at dash.cloudflare.com/profile/api-tokens", checks.varied),
    _kind("heroku", "Heroku API key", "HRKU-AA", rf"{_URLSAFE}{{58}}", "revoke it in the account settings",
          checks.rich),
    _kind("supabase-access", "Supabase access token", "sbp_", rf"(?:oauth_|v0_)?{_HEX}{{40}}",
          "delete it at supabase.com/dashboard/account/tokens"),
    _kind("supabase-secret", "Supabase secret key", "sb_secret_", rf"{_URLSAFE}{{31}}",
          "delete it in the project's API settings", checks.varied),
    _kind("supabase-service-role", "Supabase service_role key", "eyJ",
          rf"{_URLSAFE}{{10,200}}\.eyJ{_URLSAFE}{{40,600}}\.{_URLSAFE}{{43}}", "rotate the project's JWT secret",
          checks.service_role),
    _kind("vercel", "Vercel token", "vcp_ vck_ vci_ vca_ vcr_", rf"{_WORD}{{56}}",
          "delete it at vercel.com/account/tokens",
          checks.varied),
    _kind("netlify", "Netlify access token", "nfp_ nfc_ nfo_", rf"{_WORD}{{36}}",
          "revoke it at app.netlify.com/user/applications", checks.varied),
    _kind("fly", "Fly.io access token", "fm2_ fm1r_ fm1a_", r"[A-Za-z0-9+/=_-]{100,800}",
          "revoke it with `fly tokens revoke`", checks.rich, provider="Fly.io"),
    _kind("fly-legacy", "Fly.io access token", "fo1_", rf"{_URLSAFE}{{43}}",
          "revoke it with `fly tokens revoke`", checks.random, provider="Fly.io"),
    _kind("doppler", "Doppler token", "dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit.",
          rf"(?:[a-z0-9_-]{{2,35}}\.)?{_WORD}{{40,44}}", "revoke it at dashboard.doppler.com", checks.varied),
    _kind("vault", "HashiCorp Vault token", "hvs. hvb. hvr.", rf"{_URLSAFE}{{90,300}}",
          "revoke it with `vault token revoke`", checks.rich, provider="HashiCorp"),
    _kind("pulumi", "Pulumi access token", "pul-", rf"{_HEX}{{40}}", "delete it at app.pulumi.com"),
    _kind("planetscale", "PlanetScale token", "pscale_tkn_ pscale_pw_ pscale_oauth_", rf"{_URLSAFE}{{43}}",
          "delete it at app.planetscale.com", checks.varied),
    _kind("prefect", "Prefect API key", "pnu_ pnb_", rf"{_WORD}{{36}}", "delete it at app.prefect.cloud",
          checks.varied),
    _kind("tailscale", "Tailscale key", "tskey-auth- tskey-api- tskey-client-", rf"{_WORD}{{10,24}}-{_WORD}{{20,40}}",
          "revoke it at login.tailscale.com/admin/settings/keys", checks.varied),
)  # fmt: skip

DEVELOPER_TOOLS: tuple[TokenKind, ...] = (
    _kind("github", "GitHub token", "ghp_ gho_ ghu_ ghr_", rf"{_WORD}{{36}}", "revoke it at github.com/settings/tokens",
          checks.crc32_base62),
    _kind("github-refresh", "GitHub refresh token", "ghr_", rf"{_WORD}{{76}}", "revoke it at github.com/settings/apps",
          checks.varied),
    _kind("github-app", "GitHub App installation token", "ghs_", r"(?:[A-Za-z0-9]{36}|[A-Za-z0-9_.-]{100,900})",
          "revoke it by `DELETE https://api.github.com/installation/token`", checks.installation_token),
    _kind("github-fine-grained", "GitHub fine-grained token", "github_pat_", rf"{_WORD}{{22}}_{_WORD}{{59}}",
          "revoke it at github.com/settings/personal-access-tokens", checks.varied),
    _kind("gitlab", "GitLab token", "glpat- gldt- glft- glrt- glffct- glsoat- glimt- glcbt- glptt- glagent- gloas-",
          rf"~(?:glpat-|gldt-|glft-|glffct-|glsoat-|glrt-(?:t\d_)?|glcbt-{_HEX}{{1,5}}_){_URLSAFE}{{20}}|glimt-{_URLSAFE}{{25}}"
          rf"|glptt-{_HEX}{{40}}|glagent-{_URLSAFE}{{50}}|gloas-{_URLSAFE}{{64}}"
          rf"|gl(?:pat|rt)-(?:t\d_)?{_URLSAFE}{{27,300}}\.[0-9a-z]{{2}}\.?[0-9a-z]{{7}}",
          "revoke it at gitlab.com/-/user_settings/personal_access_tokens", checks.varied),
    _kind("npm", "npm access token", "npm_", rf"{_WORD}{{36}}", "revoke it with `npm token revoke`",
          checks.crc32_base62),
    _kind("pypi", "PyPI API token", "pypi-", rf"AgE(?:IcHlwaS5vcmc|NdGVzdC5weXBpLm9yZw){_URLSAFE}{{60,1000}}",
          "remove it at pypi.org/manage/account"),
    _kind("rubygems", "RubyGems API key", "rubygems_", rf"{_HEX}{{48}}", "delete it at rubygems.org/profile/api_keys"),
    _kind("docker-hub", "Docker Hub access token", "dckr_pat_ dckr_oat_", rf"{_URLSAFE}{{27,32}}",
          "delete it at app.docker.com/settings", checks.varied, provider="Docker"),
    _kind("postman", "Postman API key", "PMAK-", rf"{_HEX}{{24}}-{_HEX}{{34}}",
          "revoke it at postman.co/settings/me/api-keys"),
    _kind("sentry-org", "Sentry organization token", "sntrys_", r"eyJ[A-Za-z0-9+/=]{80,400}_[A-Za-z0-9+/]{43}",
          "revoke it in the organization's settings"),
    _kind("sentry-user", "Sentry user token", "sntryu_", rf"{_HEX}{{64}}", "revoke it in the user settings"),
    _kind("new-relic", "New Relic key", "NRAK- NRII- NRIQ- NRSP-", r"[A-Za-z0-9_-]{25,32}",
          "delete it at one.newrelic.com/api-keys", checks.varied, provider="New Relic"),
    _kind("grafana-service", "Grafana service account token", "glsa_", rf"{_WORD}{{32}}_[0-9A-Fa-f]{{8}}",
          "delete it in the service account", checks.varied),
    _kind("grafana-legacy", "Grafana API key", "eyJrIjoi", r"[A-Za-z0-9+/]{70,400}={0,2}",
          "delete it in the organization", checks.rich),
    _kind("grafana-cloud", "Grafana Cloud token", "glc_", r"eyJ[A-Za-z0-9+/]{60,400}={0,2}",
          "delete it at grafana.com"),
    _kind("terraform", "Terraform Cloud token", "", rf"~{_WORD}{{14}}\.atlasv1\.{_URLSAFE}{{60,70}}",
          "delete it at app.terraform.io/app/settings/tokens", checks.rich, provider="HashiCorp"),
    _kind("posthog", "PostHog personal API key", "phx_", rf"{_WORD}{{43,48}}", "delete it in the user settings",
          checks.varied),
    _kind("sourcegraph", "Sourcegraph access token", "sgp_", rf"(?:(?:{_HEX}{{16}}|local)_)?{_HEX}{{40}}",
          "delete it in the user settings"),
    _kind("artifactory", "Artifactory API key", "AKCp", rf"{_WORD}{{69}}", "revoke it in the user profile", checks.rich,
          provider="JFrog"),
    _kind("onepassword", "1Password service account token", "ops_", r"eyJ[A-Za-z0-9+/]{250,1500}={0,2}",
          "revoke the service account"),
    _kind("age", "age secret key", "AGE-SECRET-KEY-1", "[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}", "make a new key"),
    _kind("atlassian", "Atlassian API token", "ATATT3 ATCTT3", r"[A-Za-z0-9_=-]{170,220}",
          "revoke it at id.atlassian.com/manage-profile/security/api-tokens", checks.rich),
    _kind("linear", "Linear API key", "lin_api_ lin_oauth_", rf"(?:{_WORD}{{40}}|{_HEX}{{64}})",
          "revoke it at linear.app/settings", checks.varied),
    _kind("notion", "Notion integration token", "ntn_", rf"\d{{11}}{_WORD}{{35}}",
          "rotate it at notion.so/my-integrations", checks.varied),
    _kind("notion-internal", "Notion integration token", "secret_", rf"{_WORD}{{43}}",
          "rotate it at notion.so/my-integrations", checks.varied),
    _kind("sonar", "Sonar token", "squ_ sqp_ sqa_ sqco_", rf"(?:{_HEX}{{40}}|(?<=sqco_){_WORD}{{59}})",
          "revoke it in the account's security settings", checks.varied),
    _kind("buildkite", "Buildkite API token", "bkua_", "[a-z0-9]{40}",
          "revoke it at buildkite.com/user/api-access-tokens", checks.varied),
    _kind("circleci", "CircleCI access token", "CCIPAT_", rf"{_WORD}{{22}}_{_HEX}{{40}}",
          "delete it in the user settings"),
    _kind("contentful", "Contentful access token", "CFPAT-", rf"{_URLSAFE}{{43}}",
          "revoke it in the account settings", checks.varied),
    _kind("typeform", "Typeform access token", "tfp_", r"[A-Za-z0-9_]{40,59}", "delete it in the account settings",
          checks.varied),
    _kind("airtable", "Airtable access token", "", rf"~pat{_WORD}{{14}}\.{_HEX}{{64}}",
          "delete it at airtable.com/create/tokens"),
    _kind("figma", "Figma access token", "figd_ figp_ figor_ figoh_", rf"{_URLSAFE}{{40,54}}",
          "revoke it in the account settings", checks.varied),
    _kind("mapbox", "Mapbox secret token", "sk.", rf"eyJ1Ijoi{_URLSAFE}{{40,200}}\.{_URLSAFE}{{22}}",
          "delete it at console.mapbox.com"),
    _kind("dropbox", "Dropbox access token", "sl.", rf"(?:u\.)?{_URLSAFE}{{130,1200}}",
          "revoke the app at dropbox.com/account/connected_apps", checks.rich),
)  # fmt: skip

SERVICES: tuple[TokenKind, ...] = (
    _kind("slack", "Slack token", "xoxb- xoxp- xoxa- xoxr- xoxs- xoxo-", rf"(?:\d-)?\d{{8,14}}-{_URLSAFE}{{18,90}}",
          "revoke it by `POST https://slack.com/api/auth.revoke`"),
    _kind("slack-app", "Slack app-level token", "xapp-", r"\d-[A-Z0-9]{8,14}-\d{8,14}-[0-9a-f]{64}",
          "revoke it at api.slack.com/apps"),
    _kind("slack-configuration", "Slack configuration token", "xoxe- xoxb- xoxp-", rf"\d-{_WORD}{{140,170}}",
          "delete it at api.slack.com/apps", checks.varied),
    _kind("slack-webhook", "Slack webhook", "",
          rf"~hooks\.slack\.com/(?:services/T{_WORD}{{8,12}}/B{_WORD}{{8,12}}/{_WORD}{{23,25}}"
          rf"|workflows/T{_WORD}{{8,12}}/A{_WORD}{{8,12}}/\d{{17,19}}/{_WORD}{{23,25}})",
          "remove it at api.slack.com/apps"),
    _kind("discord-bot", "Discord bot token", "", rf"~[MNO]{_URLSAFE}{{22,27}}\.{_URLSAFE}{{6}}\.{_URLSAFE}{{27,38}}",
          "reset it at discord.com/developers/applications", checks.discord_bot),
    _kind("discord-webhook", "Discord webhook", "",
          rf"~discord(?:app)?\.com/api/(?:v\d+/)?webhooks/\d{{17,20}}/{_URLSAFE}{{60,72}}",
          "delete it in the channel's settings",
          checks.rich),
    _kind("telegram", "Telegram bot token", "", rf"~\d{{8,10}}:AA{_URLSAFE}{{33}}", "send `/revoke` to @BotFather"),
    _kind("twitter-bearer", "X (Twitter) bearer token", "AAAAAAAAAAAAAAAAAAAAA",
          r"A?[A-Za-z0-9]{8,40}(?:%[0-9A-F]{2}[A-Za-z0-9]{1,60}){1,8}(?:%3D){0,2}",
          "regenerate it at developer.x.com", provider="X"),
    _kind("stripe", "Stripe secret key", "sk_live_ rk_live_", rf"{_WORD}{{24,120}}",
          "roll it at dashboard.stripe.com/apikeys",
          checks.varied),
    _kind("stripe-webhook", "Stripe webhook secret", "whsec_", rf"{_WORD}{{32}}",
          "roll it at dashboard.stripe.com/webhooks",
          checks.varied),
    _kind("sendgrid", "SendGrid API key", "SG.", rf"{_URLSAFE}{{22}}\.{_URLSAFE}{{43}}",
          "delete it at app.sendgrid.com/settings/api_keys", checks.rich),
    _kind("mailgun", "Mailgun API key", "key-", rf"{_HEX}{{32}}", "delete it at app.mailgun.com"),
    _kind("mailchimp", "Mailchimp API key", "", rf"~{_HEX}{{32}}-us\d{{1,2}}", "disable it in the account's settings"),
    _kind("brevo", "Brevo API key", "xkeysib- xsmtpsib-", rf"{_HEX}{{64}}-{_WORD}{{16}}", "delete it at app.brevo.com"),
    _kind("resend", "Resend API key", "re_", rf"{_WORD}{{8}}_{_WORD}{{24}}", "delete it at resend.com/api-keys",
          checks.varied),
    _kind("shopify", "Shopify token", "shpat_ shpca_ shppa_ shpss_", r"[0-9A-Fa-f]{32}",
          "rotate it in the app's settings"),
    _kind("square", "Square token", "sq0atp- sq0csp-", rf"{_URLSAFE}{{22,43}}", "replace it at developer.squareup.com",
          checks.varied),
    _kind("square-access", "Square access token", "EAAA", r"[EFl][A-Za-z0-9_-]{59}",
          "replace it at developer.squareup.com", checks.rich),
    _kind("facebook", "Facebook access token", "EAAM EAAC", rf"{_WORD}{{100,300}}",
          "invalidate it at developers.facebook.com/tools/accesstoken", checks.rich),
    _kind("hubspot", "HubSpot access token", "pat-na1- pat-na2- pat-eu1- pat-ap1-", rf"(?i:{_UUID})",
          "rotate it in the private app"),
    _kind("razorpay", "Razorpay key", "rzp_live_", rf"{_WORD}{{14}}", "regenerate it at dashboard.razorpay.com",
          checks.varied),
    _kind("intra42", "42 application secret", "s-s4t2ud- s-s4t2af-", rf"{_HEX}{{64}}",
          "replace it at profile.intra.42.fr"),
    _kind("readme", "ReadMe API key", "rdme_", "[a-z0-9]{70}", "delete it at dash.readme.com", checks.varied),
    _kind("shippo", "Shippo API token", "shippo_live_", rf"{_HEX}{{40}}", "delete it at apps.goshippo.com"),
    _kind("duffel", "Duffel access token", "duffel_live_", r"[A-Za-z0-9_=-]{43}", "revoke it at app.duffel.com",
          checks.varied),
    _kind("flutterwave", "Flutterwave secret key", "FLWSECK-", rf"{_HEX}{{32}}-X",
          "regenerate it in the dashboard's API settings"),
    _kind("easypost", "EasyPost API key", "EZAK", rf"{_WORD}{{54}}", "delete it at easypost.com/account",
          checks.varied),
    _kind("teams-webhook", "Microsoft Teams webhook", "",
          rf"~webhook\.office\.com/webhookb2/{_UUID}@{_UUID}/IncomingWebhook/{_HEX}{{32}}/{_UUID}",
          "remove the connector",
          provider="Microsoft"),
)  # fmt: skip

KINDS: tuple[TokenKind, ...] = HUB_TOKENS + MODEL_PROVIDERS + CLOUDS + DEVELOPER_TOOLS + SERVICES
HUB_TOKEN_IDS = frozenset(kind.id for kind in HUB_TOKENS)
