using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Scoring;

namespace PluginHost.Host.Stages;

/// <summary>A stage with its components built and its data opened.</summary>
public sealed record StageParts
{
    /// <summary>As the pipeline has it.</summary>
    public required StageDefinition Definition { get; init; }

    /// <summary>What it reads.</summary>
    public required IDataSource Data { get; init; }

    /// <summary>The split it trains on, or scores and predicts.</summary>
    public required ISampleSource Main { get; init; }

    /// <summary>The dev split of a training stage; null when there is none.</summary>
    public ISampleSource? Dev { get; init; }

    /// <summary>The objective.</summary>
    public required IObjective Objective { get; init; }

    /// <summary>What fitting the objective to its training split decided, in sentences.</summary>
    public IReadOnlyList<string> Decided { get; init; } = [];

    /// <summary>What fitting the objective found odd in its training split, in sentences.</summary>
    public IReadOnlyList<string> Odd { get; init; } = [];

    /// <summary>What the objective was built from.</summary>
    public required ComponentSpec ObjectiveSpec { get; init; }

    /// <summary>What the heads are built from, by role.</summary>
    public required IReadOnlyDictionary<string, ComponentSpec> HeadSpecs { get; init; }

    /// <summary>The model: backbone and heads of this stage, or of the training stage it uses.</summary>
    public required TaskModel Model { get; init; }

    /// <summary>What its heads go on with, of a training stage.</summary>
    public CarriedHeads Carried { get; init; } = CarriedHeads.None;

    /// <summary>Makes the optimizer that the model is trained with.</summary>
    public required IOptimizerFactory Optimizer { get; init; }

    /// <summary>The learning rate that it is trained with.</summary>
    public required ISchedule Schedule { get; init; }

    /// <summary>The tool of a stage that uses one.</summary>
    public ITool? Tool { get; init; }

    /// <summary>The metrics it is scored by.</summary>
    public required MetricFactory Metrics { get; init; }

    /// <summary>The training stage whose model, training data and batch limits it uses; itself for a training stage.</summary>
    public StageParts Source { get => source ?? this; init => source = value; }

    private readonly StageParts? source;

    /// <summary>Its name.</summary>
    public string Name => Definition.Name;

    /// <summary>Its kind as pipelines write it.</summary>
    public string Kind => Definition.Kind.ToString().ToLowerInvariant();

    /// <summary>Full paths of the files it reads: its data's, or its tool's that are there, folders as what is in them.</summary>
    public IReadOnlyList<string> Files => Tool is null ? Data.Files
        : [.. Tool.Files.Where(Path.Exists).SelectMany(f => Directory.Exists(f) ? Directory.GetFiles(f) : [f])];

    /// <summary>Whether it trains.</summary>
    public bool Trains => Definition.Kind is StageKind.Pretrain or StageKind.Finetune;

    /// <summary>What its heads go on with, named after it; nothing for a stage that trains none.</summary>
    public IEnumerable<string> HeadNotes => Trains ? Carried.Notes.Select(note => $"{Name}: {note}") : [];

    /// <summary>The dev metric models are chosen by.</summary>
    public string SelectBy => Definition.Train.SelectBy is { Length: > 0 } named ? named : Objective.Card.SelectionMetric;
}
