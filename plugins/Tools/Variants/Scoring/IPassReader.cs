namespace PluginHost.Plugins.Variants.Scoring;

/// <summary>Scores that are read off one forward pass over each window, so that several of them cost no more than one.</summary>
internal interface IPassReader
{
    /// <summary>What it computes.</summary>
    IReadOnlyList<ScoreColumn> Columns { get; }

    /// <summary>What the backbone is to be asked for.</summary>
    Capture Capture { get; }

    /// <summary>Whether it needs no batch of the objective's making.</summary>
    bool TokensOnly { get; }

    /// <summary>Forgets what was read; so many windows come.</summary>
    void Begin(int windows);

    /// <summary>Keeps what it needs of a batch.</summary>
    void Read(ModelBatch batch, BackboneOutput output);

    /// <summary>The scores of two windows by their places, in the order of the columns.</summary>
    double[] Score(int reference, int alternative);
}
