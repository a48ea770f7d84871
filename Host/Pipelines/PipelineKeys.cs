using PluginHost.Host.Plugins;
using PluginHost.Host.Records;

namespace PluginHost.Host.Pipelines;

/// <summary>One key of a pipeline file.</summary>
/// <param name="Name">As written.</param>
/// <param name="Type">What it holds, in words.</param>
/// <param name="Default">What it is when left out; "required" if it may not be.</param>
/// <param name="Help">One sentence.</param>
public sealed record PipelineKey(string Name, string Type, string Default, string Help);

/// <summary>Every key of a pipeline file outside the options of components: what the reader takes and the documentation lists.</summary>
public static class PipelineKeys
{
    private static readonly PipelineKey name =
        new("name", "text", "the kind, with a number when it repeats",
            $"Name of the stage in messages, in {RunFiles.Summary} and in --set paths.");
    private static readonly PipelineKey data = new("data", "data source", "required", "What the stage reads.");
    private static readonly PipelineKey objective = new("objective", "objective", "required", "What the model is trained for.");
    private static readonly PipelineKey train = new("train", "map", "the defaults below", "How the model is trained.");
    private static readonly PipelineKey metrics =
        new("metrics", "list of metrics", "the objective's own", "Figures to compute on scored splits.");
    private static readonly PipelineKey split = new("split", "one of train, dev, test", "test", "The split of the data that is read.");
    private static readonly PipelineKey heldOut = new("heldOut", "none", "left out",
        "Written as 'none', it says that the samples this stage chooses on or scores are training samples, and that this is meant: "
        + "figures then carry no mark, and the check passes.");
    private static readonly PipelineKey lastData = data with { Default = "the last training stage's" };
    private static readonly PipelineKey lastObjective = objective with { Default = "the last training stage's" };

    private static PipelineKey Baselines(string usual) =>
        new("baselines", "true or false", usual, "Whether the objective's trivial predictors are fitted and scored beside the model.");

    /// <summary>Keys at the top.</summary>
    public static IReadOnlyList<PipelineKey> Top { get; } =
    [
        new("name", "text", "the file's name",
            "Name of the pipeline; the run folder is named after it. Letters, digits, '.', '_' and '-'."),
        new("seed", "a whole number", "42", "Every random draw of the run follows from it."),
        new(WantedPlugins.Key, "list of folders and plugins", "none", "Folders in which plugins are looked for as well, relative to the "
            + "pipeline's own, and plugins that must be there: { name: NAME, version: '>=1.2 <2' }, any version if left out. Where one is "
            + "missing or has another version the pipeline is refused before anything runs."),
        new("tokenizer", ComponentKinds.Name(typeof(ITokenizer)), "required; with start, the model's own", "How sequences become tokens."),
        new("architecture", ComponentKinds.Name(typeof(Backbone)), "required; with start, the model's own",
            "The model that turns tokens into hidden states."),
        new("heads", "map of roles to heads", "the objective's own", "Heads by role, replacing those the objectives bring."),
        new("start", "model or run folder", "random weights", "The trained model the first stage begins with: its backbone's weights, "
            + "its tokenizer's files and those of its heads that have the names and shapes, and for classes the labels, of the "
                + "stage's own; "
            + "what goes on and what is new is said. Tokenizer and architecture may be left out, or written without 'use' to change some "
            + "of the model's options; where they are written whole they must be those it was trained with."),
        new("observers", "list of observers", "none", "What looks on while the run goes and shows its figures elsewhere, "
            + "each in a folder of its own, observers/NAME of the run folder. They have no influence on the run."),
        new("stages", "list of stages", "required", "What to do, in order: each entry is one of pretrain, finetune, evaluate, predict with "
            + "its keys beneath, or the name of a tool with its options beneath."),
        new("variants", "map of names to overrides", "none", "Versions of the pipeline to compare. Beneath each name stand dotted paths "
            + "with the values that differ, as in --set; a name with nothing beneath is the pipeline as it stands. 'run' runs each into a "
            + "folder of its own and shows all in one table."),
        new("grid", "map of paths to lists of values", "none", "Values to try: beneath each dotted path, as in --set, a list. Every "
            + "combination is run; the one that is best on dev is named."),
        new("seeds", "list of whole numbers", "the one 'seed'", "Seeds to repeat every run with; the table has their mean and deviation."),
        new("folds", "a whole number", "none", "Folds of a cross-validation over the labelled data of finetune stages: each is the test "
            + "split once, the one after it the dev split. Stratified, the same for every seed."),
        new("subsets", "list of numbers", "none",
            "Shares of the labelled training rows in per cent, such as [1, 3, 10, 30, 50, 100]: nested, dev and test unchanged."),
        new("pathRoots", "list of folders", "none", "Folders in which relative paths are looked for before the working directory and the "
            + "pipeline's own folder. Written into resolved pipelines, so that they run again from anywhere."),
    ];

    private const string Unlabelled = "What the stage reads. { of: STAGE } are the sequences of a finetune stage after it, without their "
        + "labels: all of them, whatever share of the labels that stage takes.";

    /// <summary>Keys of a stage.</summary>
    public static IReadOnlyList<PipelineKey> Stage(StageKind kind) => kind switch
    {
        StageKind.Pretrain => [name, data with { Help = Unlabelled }, objective, train, metrics, Baselines("true")],
        StageKind.Finetune =>
        [
            name, data, objective, train, metrics, Baselines("false"),
            new("compareWithScratch", "true or false", "false",
                "Whether the stage is also trained from random weights, so that evaluate shows both."),
            new("learningRates", "list of numbers", "[]",
                "Learning rates to train the stage at, every time from the same weights; what is best on dev is kept. The comparison from "
                + "random weights tries them too. Empty for the one of 'train'."),
            new("scratchLearningRate", "number", "train.learningRate",
                "Learning rate of that comparison: each of the two should have the one that is best for it on dev."),
            heldOut,
        ],
        StageKind.Evaluate =>
        [
            name, lastData, split, lastObjective, metrics, Baselines("true"), heldOut,
            new("breakdown", "list of texts", "[class, output, length]", "What the figures are broken down by as well: class, output (each "
                + "of several labels or numbers), length, or a field of the data such as a column of its table. Empty for nothing."),
        ],
        StageKind.Predict => [name, lastData, split, lastObjective],
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
