using System.Globalization;

namespace PluginHost;

/// <summary>One sequence with whatever is known about it.</summary>
/// <param name="Id">Unique within its source: a record name, <c>chr2R:100-610</c> (0-based, half-open) or a row number.</param>
/// <param name="Sequence">
/// Upper-case IUPAC nucleotide codes, T for U, or characters of the <see cref="Alphabet"/> its source names. May be empty only where a
/// source says so.
/// </param>
public sealed record Sample(string Id, string Sequence)
{
    private static readonly IReadOnlyDictionary<string, object> none = new Dictionary<string, object>();

    /// <summary>The field that holds a class label, as written in the data.</summary>
    public const string LabelField = "label";

    /// <summary>The field that holds the name of the species a sequence is of, where it is known.</summary>
    public const string SpeciesField = "species";

    /// <summary>Named values beside the sequence: <see cref="string"/>, <see cref="double"/> or <c>float[]</c>.</summary>
    public IReadOnlyDictionary<string, object> Fields { get; init; } = none;

    /// <summary>File and line the sample came from, for messages: <c>train.csv:17</c>.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Where the sequence lies on a genome, or null where that is not known. Outputs say it beside the id.</summary>
    public GenomicPlace? Place { get; init; }

    /// <summary>The class label as written, or null when there is none.</summary>
    public string? Label => Fields.TryGetValue(LabelField, out var value) ? value.ToString() : null;

    /// <summary>A text field.</summary>
    /// <exception cref="DataException">The field is missing.</exception>
    public string Text(string field) => Field(field).ToString()!;

    /// <summary>A numeric field.</summary>
    /// <exception cref="DataException">The field is missing or not a finite number.</exception>
    public double Number(string field)
    {
        var value = Field(field);
        var number = value switch
        {
            double d => d,
            string s when double.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out var d) => d,
            _ => double.NaN,
        };
        return double.IsFinite(number)
            ? number
            : throw new DataException($"{Where}: field '{field}' is '{value}', which is not a finite number.");
    }

    /// <summary>A numeric vector field.</summary>
    /// <exception cref="DataException">The field is missing or not a vector.</exception>
    public float[] Vector(string field) => Field(field) as float[]
        ?? throw new DataException($"{Where}: field '{field}' is not a vector of numbers.");

    /// <summary>Origin if known, else the id: how messages name this sample.</summary>
    public string Where => Origin.Length > 0 ? Origin : $"sample '{Id}'";

    private object Field(string field) => Fields.TryGetValue(field, out var value)
        ? value
        : throw new DataException($"{Where}: there is no field '{field}'; there "
            + $"{(Fields.Count == 0 ? "are none" : $"are: {string.Join(", ", Fields.Keys.Order())}")}.");
}
