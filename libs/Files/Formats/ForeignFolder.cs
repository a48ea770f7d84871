namespace PluginHost.Libs.Files.Formats;

/// <summary>Names a folder that is given where something else is wanted, by the files that mark its kind.</summary>
public static class ForeignFolder
{
    private static readonly (string[] Marks, string Name, string Remedy)[] known =
    [
        (["adapter_config.json"], "a folder of low-rank adapters (PEFT)", "it goes on the model it was trained on: host predict MODEL DATA "
            + "--adapter {0}"),
        (["pluginhost.json"], "a model folder", "it is the model: host predict {0} DATA"),
        (["pipeline.resolved.yaml"], "a run folder", "it stands for the model it holds (host predict {0} DATA), and "
            + "goes on with host run --resume {0}"),
        (["comparison.json"], "a folder of several runs", "name one of the runs in it"),
        (["dataset_dict.json"], "a saved Hugging Face data set", "export it as CSV: python -c \"import datasets; [d.to_csv(f'{s}.csv') "
            + "for s, d in datasets.load_from_disk('{0}').items()]\""),
        (["dataset_info.json"], "a saved Hugging Face data set", "export it as CSV: python -c \"import datasets; "
            + "datasets.load_from_disk('{0}').to_csv('NEW.csv')\""),
        (["model.safetensors", "pytorch_model.bin", "model.safetensors.index.json", "pytorch_model.bin.index.json"],
            "a published model", "make a model folder of it: host import {0} --output NEW"),
    ];

    /// <summary>A sentence on what a folder is and what takes it; null where its files do not tell.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="wanted">What it should be, with its article.</param>
    public static string? Explain(string path, string wanted) => Find(path) is var (name, remedy)
        ? $"{DataFile.Show(path)} is {name}, not {wanted}; {remedy.Replace("{0}", DataFile.Show(path), StringComparison.Ordinal)}."
        : null;

    private static (string Name, string Remedy)? Find(string path)
    {
        foreach (var (marks, name, remedy) in known)
            if (Array.Exists(marks, mark => File.Exists(Path.Combine(path, mark)))) return (name, remedy);
        return null;
    }
}
