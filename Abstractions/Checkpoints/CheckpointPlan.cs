namespace PluginHost.Checkpoints;

/// <summary>How a published checkpoint becomes a model: the components that hold it, and where each of its tensors goes.</summary>
public sealed record CheckpointPlan
{
    /// <summary>The tokenizer. Files it names are relative to the model folder; see <see cref="TokenizerFiles"/>.</summary>
    public required ComponentSpec Tokenizer { get; init; }

    /// <summary>The architecture, with the sizes of the checkpoint.</summary>
    public required ComponentSpec Architecture { get; init; }

    /// <summary>The objective that the checkpoint's heads serve.</summary>
    public required ComponentSpec Objective { get; init; }

    /// <summary>Its heads by role; roles left out are filled with the objective's defaults.</summary>
    public IReadOnlyDictionary<string, ComponentSpec> Heads { get; init; } = new Dictionary<string, ComponentSpec>();

    /// <summary>
    /// Published files the tokenizer is built from: the name it looks for (<see cref="BuildContext.SavedFile"/>), and the full path of the
    /// file.
    /// </summary>
    public IReadOnlyDictionary<string, string> TokenizerFiles { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// State names by file name, for tensors that are called otherwise in the model. A tensor not named here keeps its name.
    /// </summary>
    public IReadOnlyDictionary<string, string> Renamed { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// State names that stand for the same tensor: the key is an alias of the value. Where the file has both they must be
    /// equal bit for bit; where it has only the alias it serves for the other.
    /// </summary>
    public IReadOnlyDictionary<string, string> Ties { get; init; } = new Dictionary<string, string>();

    /// <summary>Tensors of the file that are left out, by file name, each with the reason in a few words.</summary>
    public IReadOnlyDictionary<string, string> LeftOut { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Beginnings of the state names that start at random because the user asked for a head the file lacks. Nothing else ever does.
    /// </summary>
    public IReadOnlyList<string> New { get; init; } = [];

    /// <summary>What the user should know about the choices made.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
