using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Genomics;
using PluginHost.Libs.Genomics.Tables;

namespace PluginHost.Plugins.Tables.Rows;

/// <summary>Options of the <c>table</c> source.</summary>
internal sealed class TableOptions : IValidatableObject
{
    [Description("One file that serves as whichever split is asked for (or, with devShare or testShare, is divided); labels may be "
        + "missing. Plain or gzip, as all files here.")]
    public string? Path { get; set; }

    [Description("A folder with train, dev and test files (.csv or .tsv, also .gz), as GUE lays them out; dev may be called valid, val or "
        + "validation.")]
    public string? Folder { get; set; }

    [Description("File of the training split.")]
    public string? Train { get; set; }

    [Description("File of the development split.")]
    public string? Dev { get; set; }

    [Description("File of the test split.")]
    public string? Test { get; set; }

    [Description("Share of the training rows held out for development: drawn label by label, equal sequences together.")]
    [Range(0.0, 0.9)]
    public double DevShare { get; set; }

    [Description("Share of the training rows held out for test, likewise.")]
    [Range(0.0, 0.9)]
    public double TestShare { get; set; }

    [Description("Which rows are held out follows from this alone, so that runs with different seeds hold out the same.")]
    public ulong SplitSeed { get; set; } = 1;

    [Description("Column of the sequences.")]
    [Required]
    public string Sequence { get; set; } = "sequence";

    [Description("Column of the labels, kept as text; 'none' for tables without.")]
    [Required]
    public string Label { get; set; } = "label";

    [Description("Column of a second sequence, for pair tasks; becomes a field of that name, in upper case and with T for U.")]
    public string? Pair { get; set; }

    [Description("Fields of several numbers: a name for each, and the columns it is made of, by name or pattern (* and ?), in order. A "
        + "cell holds a number, or several with blanks, commas or semicolons between them; NA or nothing is a missing one. Every row must "
        + "have as many.")]
    public Dictionary<string, string[]> Vectors { get; set; } = [];

    [Description("Further tables whose columns become fields of the rows with the same key: expression levels of a tissue, features of a "
        + "gene. Kept once, however many rows share a key.")]
    public JoinOptions[] Join { get; set; } = [];

    [Description("Column of unique sample names; the row's number names it unless set.")]
    public string? Id { get; set; }

    [Description("What separates cells: comma, tab, semicolon, or a character; told by the file's name or header unless set.")]
    public string? Separator { get; set; }

    [Description("Characters of the sequences where they are no nucleotides, such as 01 for alleles; case counts. The tokenizer must be "
        + "given the same alphabet.")]
    public string? Alphabet { get; set; }

    [Description("What happens to a row without a sequence, or with an id that is there already or none: fail, or skip and count it.")]
    public OnBad OnBad { get; set; } = OnBad.Fail;

    internal TableLayout Layout => new()
    {
        Sequence = Sequence, Label = Label, Pair = Pair, Id = Id, Separator = Separator, Vectors = Vectors,
        Alphabet = PluginHost.Alphabet.Of(Alphabet), OnBad = OnBad,
    };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var files = Train is not null || Dev is not null || Test is not null;
        if ((Path is not null ? 1 : 0) + (Folder is not null ? 1 : 0) + (files ? 1 : 0) != 1)
            yield return new("needs one of: path (one file), folder, or train with dev and test (a file each).", [nameof(Path)]);
        if (DevShare > 0 && Dev is not null)
            yield return new("cannot go with 'dev'; name a file or give a share.", [nameof(DevShare)]);
        if (TestShare > 0 && Test is not null)
            yield return new("cannot go with 'test'; name a file or give a share.", [nameof(TestShare)]);
        if (DevShare + TestShare >= 1)
            yield return new("and devShare leave nothing to train on.", [nameof(TestShare)]);
        if (DevShare + TestShare > 0 && files && Train is null)
            yield return new("and testShare are taken from 'train', which is not given.", [nameof(DevShare)]);
        foreach (var name in Vectors.Where(v => v.Value.Length == 0).Select(v => v.Key))
            yield return new($"names no columns for '{name}'; give at least one.", [nameof(Vectors)]);
        if (Separator is not null && Separators.Parse(Separator) is null)
            yield return new($"must be comma, tab, semicolon or one character, but is '{Separator}'.", [nameof(Separator)]);
    }
}
