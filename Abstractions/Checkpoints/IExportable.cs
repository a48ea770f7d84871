namespace PluginHost.Checkpoints;

/// <summary>An architecture whose models other programs can read: what <c>host export</c> asks for.</summary>
/// <remarks>
/// Weights are written under the names of the state (<see cref="Backbone.StatePrefix"/>), tokenizer files as <see cref="ITokenizer.Save"/>
/// writes them.
/// </remarks>
public interface IExportable
{
    /// <summary>Describes a model in the Hugging Face layout.</summary>
    /// <exception cref="DataException">No published layout can hold such a model: says why.</exception>
    ExportedModel Export(ExportedParts parts);
}

/// <summary>The parts of a model that is to be exported.</summary>
/// <param name="Tokenizer">Its tokenizer.</param>
/// <param name="Heads">Its heads by role.</param>
/// <param name="OutputNames">Classes or outputs, axis C; empty for token objectives.</param>
public sealed record ExportedParts(ITokenizer Tokenizer, IReadOnlyDictionary<string, Head> Heads, IReadOnlyList<string> OutputNames);

/// <summary>How a model looks to other programs.</summary>
public sealed record ExportedModel
{
    /// <summary>
    /// The fields of <c>config.json</c>. The host adds vocabulary size, special ids and class names where they are missing.
    /// </summary>
    public required IReadOnlyDictionary<string, object> Configuration { get; init; }

    /// <summary>The layout's name for <c>host import --as</c>, which reads the folder back.</summary>
    public required string Layout { get; init; }

    /// <summary>Python that loads the model, for the model card; empty where no published class does.</summary>
    public IReadOnlyList<string> Python { get; init; } = [];

    /// <summary>What the user should know, such as that a common class would not load it.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
