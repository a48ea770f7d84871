namespace PluginHost.Checkpoints;

/// <summary>An architecture whose models other programs can read: what <c>host export</c> asks for.</summary>
/// <remarks>
/// Weights are written under the names of the state (<see cref="Backbone.StatePrefix"/>) unless <see cref="ExportedModel.Renamed"/> says
/// otherwise, tokenizer files as <see cref="ITokenizer.Save"/> writes them.
/// </remarks>
public interface IExportable
{
    /// <summary>Describes a model in the Hugging Face layout.</summary>
    /// <exception cref="DataException">
    /// No published layout can hold such a model, or programs that read it would compute something else: says why.
    /// </exception>
    ExportedModel Export(ExportedParts parts);
}

/// <summary>The parts of a model that is to be exported.</summary>
/// <param name="Tokenizer">Its tokenizer.</param>
/// <param name="TokenizerFiles">Names of the files that the tokenizer saved.</param>
/// <param name="Heads">Its heads by role.</param>
/// <param name="HeadSpecs">What the heads were built from, by role.</param>
/// <param name="Card">What its objective says of the outputs.</param>
public sealed record ExportedParts(ITokenizer Tokenizer, IReadOnlyList<string> TokenizerFiles, IReadOnlyDictionary<string, Head> Heads,
    IReadOnlyDictionary<string, ComponentSpec> HeadSpecs, ScoreCard Card);

/// <summary>How a model looks to other programs.</summary>
public sealed record ExportedModel
{
    /// <summary>
    /// The fields of <c>config.json</c>. The host adds vocabulary size, special ids, kind of problem and class names where they are
    /// missing.
    /// </summary>
    public required IReadOnlyDictionary<string, object> Configuration { get; init; }

    /// <summary>The layout's name for <c>host import --as</c>, which reads the folder back.</summary>
    public required string Layout { get; init; }

    /// <summary>Names in the file by name in the state, for weights that are called otherwise there.</summary>
    public IReadOnlyDictionary<string, string> Renamed { get; init; } = new Dictionary<string, string>();

    /// <summary>Python that loads the model, for the model card; empty where no published class does.</summary>
    public IReadOnlyList<string> Python { get; init; } = [];

    /// <summary>What the user should know, such as that a common class would not load it.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
