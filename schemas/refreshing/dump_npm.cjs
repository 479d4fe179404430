// Prints as JSON what the tables need of an unpacked npm package: node dump_npm.cjs PACKAGE FOLDER
const [, , name, folder] = process.argv;
const loaded = require(folder);
const entries = (data, pick) => Object.fromEntries(Object.entries(data).map(([id, value]) => [id, pick(value)]));

const dumps = {
  "@huggingface/tasks": () => ({
    pipeline_tags: entries(loaded.PIPELINE_DATA, (tag) => ({
      name: tag.name,
      modality: tag.modality,
      subtasks: Object.fromEntries((tag.subtasks ?? []).map((task) => [task.type, task.name])),
      hide_in_models: tag.hideInModels === true,
      hide_in_datasets: tag.hideInDatasets === true,
    })),
    modalities: loaded.MODALITY_LABELS,
    libraries: entries(loaded.MODEL_LIBRARIES_UI_ELEMENTS, (library) => library.prettyLabel),
    counted: entries(loaded.MODEL_LIBRARIES_UI_ELEMENTS, (library) => library.countDownloads),
    dataset_libraries: entries(loaded.DATASET_LIBRARIES_UI_ELEMENTS, (library) => library.prettyLabel),
    evaluation_frameworks: entries(loaded.EVALUATION_FRAMEWORKS, (framework) => framework.name),
  }),
  "@huggingface/languages": () => ({
    two_letter: entries(loaded.LANGUAGES_ISO_639_1, (language) => language.name),
    three_letter: entries(loaded.LANGUAGES_ISO_639_3, (language) => language.name),
  }),
};
process.stdout.write(JSON.stringify(dumps[name]()));
