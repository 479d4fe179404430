"""A dataset whose files the datasets library cannot read.

## What it does
Speaks where a repository holds data in formats such as Excel, NumPy, pickle or SQLite and not a single file that
datasets reads. Zip archives are judged by what is in them, where they are all that a subset has: datasets reads the
format that the commonest extension in the first ten names.

## Why it matters on the Hub
`load_dataset` raises and the dataset viewer stays empty: people can only download the files. Parquet, CSV, JSON Lines,
Arrow, text, images, audio, video, PDF and WebDataset archives work without any code.

## Example
```yaml
license: mit
```
```text prices.xlsx
...
```

## Use instead
```yaml
license: mit
```
```text prices.csv
price
1
```

## Evidence
"No (supported) data files found" in PyPI datasets 5.2.0, load.py; the extensions are its packaged modules'. It says
the same of a zip of .xlsx files, an empty one, and one of a .mat beside more of it than .json (run on 2026-11-29),
and of each extension that the rule knows, parts of archives such as `.zip.001` among them (run on 2026-11-29). A Python
file that is not a loading script changes nothing.
https://huggingface.co/docs/hub/datasets-adding (2026-08-22).
"""

from __future__ import annotations

from re import IGNORECASE

from hublint.dataset.data_files import files_of
from hublint.dataset.data_formats import ARCHIVE, archived_extension, builder_of, format_of, is_supported, suffixes
from hublint.dataset.loading_scripts import loading_scripts
from hublint.dataset.subsets import STANDALONE, holds_data, splits_of, subsets_of
from hublint.regexes import lazy
from hublint.repository.archives import zip_members
from hublint.rule import Finding, Rule
from hublint_rules._places import at_card
from hublint_rules._wording import listed, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.dataset.subsets import Subset
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DF004",
    name="unsupported-format",
    severity="warning",
    effect="broken",
    subject="repository",
    since="0.1.0",
    kinds=("dataset",),
)

_UNREAD = frozenset(
    ".xlsx .xls .xlsm .ods .npy .npz .pkl .pickle .joblib .feather .orc .avro .sqlite .sqlite3 .db .mdb .duckdb .rds "
    ".rda .rdata .dta .sav .sas7bdat .mat .tfrecord .tfrecords .rar .7z .tgz .pt .pth .lmdb .msgpack .nc .las .laz "
    ".dcm .doc .docx .ppt .pptx .odt .rtf .svs .edf .bdf .gdf .czi .nd2 .mrc .h5ad .mcap .bag .vtk .fbx .bvh .midi "
    ".mid .vcf .bam .cram .sdf .mol2 .epub .shp .geojson .gpx .pbf .por .xpt .nrrd .mha .bson .textgrid "
    ".heic .heif .avif .cr2 .nef .dng .exr .m4a .amr .srt .vtt .eml .mbox .sql .accdb .pcap .pcapng .evtx .iso .gpkg "
    ".kml .kmz .grb2 .root .sgy .segy .fif .xdf .vhdr .snirf .mgz .gii .trk .tck .ndpi .mrxs .lif .blend .ifc "
    ".pgn".split()
)
# Parts of an archive, as 7-Zip names them: the number is not the format.
_PART = lazy(r"\.(?:zip|7z|rar)\.\d{3}\Z", IGNORECASE)
_OPENED = 10  # archives that the library looks into
_PROSE = frozenset(("harbor", "text", "pdffolder", "imagefolder"))


def check(repository: Repository) -> Iterator[Finding]:
    """Yield one finding where there are data and datasets can read none of them."""
    card = repository.card
    if repository.exists(STANDALONE) or (card is not None and card.data.get("viewer") is False):
        return
    archived = next(filter(None, (_archived(repository, subset) for subset in subsets_of(repository))), "")
    if archived:
        yield Finding(*at_card(repository), archived, hub_message="No (supported) data files found")
        return
    unread: dict[str, int] = {}
    for folder, names in files_of(repository).folders.items():
        if any(part.startswith((".", "__")) for part in folder.split("/")):
            continue
        for name in names:
            part = _PART.search(name)
            extension = part[0].lower() if part else f".{name.rpartition('.')[2].lower()}"
            if is_supported(name) and builder_of(name) not in _PROSE:
                return
            if (part or extension in _UNREAD) and not is_supported(name):
                unread[extension] = unread.get(extension, 0) + 1
    if not unread or holds_data(repository) or _is_mostly_media(repository, sum(unread.values())):
        return
    if loading_scripts(repository):  # DF006's
        return
    source, place = at_card(repository)
    found = listed(sorted(unread, key=lambda each: (-unread[each], each)))
    message = (
        f"datasets cannot read {found} files, and there are no others; publish the data as Parquet, CSV or JSON Lines"
    )
    yield Finding(source, place, message, hub_message="No (supported) data files found")


def _archived(repository: Repository, subset: Subset) -> str:
    """Why nothing of a subset that is nothing but zip archives is read; empty where it is, or that cannot be told."""
    told = [_unread_in(repository, paths) for paths in splits_of(repository, subset).values()]
    return told[0] if all(told) and told else ""


def _unread_in(repository: Repository, paths: list[str]) -> str:
    if not paths or format_of(paths).builder != ARCHIVE:
        return ""
    archives = [path for path in paths if path.endswith(ARCHIVE)][:_OPENED]
    members = [zip_members(repository, path) for path in archives]
    names = [name for each in members for name in each or ()]
    if None in members or (names and not archived_extension(names) and any(suffixes(name) for name in names)):
        return ""
    first = shown(archives[0])
    if not names:
        return f"{first} is empty, and there are no other data; put the data into it, or publish them as Parquet"
    kind = archived_extension(names)
    told = f"most files in it are {shown(kind)}" if kind else "the files in it have no extension"
    return f"datasets reads nothing in {first}: {told}; publish the data as Parquet, CSV or JSON Lines"


def _is_mostly_media(repository: Repository, unread: int) -> bool:
    """Pictures and PDF files are data too where there are more of them than of what is not read."""
    media = sum(builder_of(path) in ("imagefolder", "pdffolder") for path in repository.files)
    return media > unread
