namespace PluginHost.Libs.Genomics.Tables;

/// <summary>Which columns of a table are what.</summary>
public sealed record TableLayout
{
    /// <summary>Column of the sequences.</summary>
    public string Sequence { get; init; } = "sequence";

    /// <summary>Column of the labels; 'none' for tables without.</summary>
    public string Label { get; init; } = "label";

    /// <summary>Column of a second sequence, or null.</summary>
    public string? Pair { get; init; }

    /// <summary>Column of unique names; null to number the rows.</summary>
    public string? Id { get; init; }

    /// <summary>How the user writes an option that names a column, for messages: from the option and the column.</summary>
    public Func<string, string, string> Option { get; init; } = (option, column) => $"'{option}: {column}'";

    /// <summary>What separates cells, as <see cref="Separators.Parse"/> reads it; null to tell it from the file's name or header.</summary>
    public string? Separator { get; init; }

    /// <summary>What sequences are made of.</summary>
    public Alphabet Alphabet { get; init; } = Alphabet.Dna;

    /// <summary>What happens to a row without a sequence, or with an id that is there already or none.</summary>
    public OnBad OnBad { get; init; }

    /// <summary>Fields of several numbers: a name for each, and the columns it is made of.</summary>
    public IReadOnlyDictionary<string, string[]> Vectors { get; init; } = new Dictionary<string, string[]>();
}
