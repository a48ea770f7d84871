using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Genomics;
using PluginHost.Plugins.Fasta.Windows;

namespace PluginHost.Plugins.Fasta;

/// <summary>Which split a data set without held-out parts serves as.</summary>
internal enum SplitUse
{
    /// <summary>Training only.</summary>
    Train,

    /// <summary>Development only.</summary>
    Dev,

    /// <summary>Test only.</summary>
    Test,

    /// <summary>Whichever is asked for: for evaluation and prediction.</summary>
    Any,
}

/// <summary>Options of the <c>fasta</c> source.</summary>
internal sealed class FastaOptions : IValidatableObject
{
    /// <summary>Shortest window when none is set: the paper's (DNABERT, section 2.2.2).</summary>
    public const int ShortestWindow = 5;

    private const int UsualWindow = 510;

    [Description("FASTA files, plain, gzip or bgzip; * and ? stand for parts of a name.")]
    [MinLength(1)]
    public string[] Path { get; set; } = [];

    [Description("Bases of a window; the longest where lengths are random. k-mer models read k - 1 bases more than tokens.")]
    [Range(1, 1 << 30)]
    public int Window { get; set; } = UsualWindow;

    [Description("How windows are cut: whole records; tiles one after another; joined, tiles over all "
        + "records laid end to end without their N, all of one length, as ENBED's corpus; overlap, every stride bases; random lengths at "
        + "random places; mixture, tiles and as many random windows.")]
    public WindowMode How { get; set; } = WindowMode.Tiles;

    [Description("Bases between the starts of overlapping windows; half a window unless set. Only for how: overlap.")]
    [Range(1, 1 << 30)]
    public int? Stride { get; set; }

    [Description("Shortest window; 5 unless set, and then at least one record must hold a full window.")]
    [Range(1, 1 << 30)]
    public int? MinLength { get; set; }

    [Description(
        "Largest share of bases other than A, C, G and T in a window; 0.5 unless set. Whole records are all kept unless it is set.")]
    [Range(0.0, 1.0)]
    public double? MaxN { get; set; }

    [Description("Random windows of an epoch; enough to cover the bases once on average unless set. Held-out splits never have more than "
        + "that. Only for how: random and mixture.")]
    [Range(1, long.MaxValue)]
    public long? SamplesPerEpoch { get; set; }

    [Description("Records to train on, by name or pattern (chr*); all that are not held out unless set.")]
    public string[] Train { get; set; } = [];

    [Description("Records held out for development, by name or pattern.")]
    public string[] Dev { get; set; } = [];

    [Description("Records held out for test, by name or pattern.")]
    public string[] Test { get; set; } = [];

    [Description("Share of the remaining bases held out for development, in blocks.")]
    [Range(0.0, 0.9)]
    public double DevShare { get; set; }

    [Description("Share of the remaining bases held out for test, in blocks.")]
    [Range(0.0, 0.9)]
    public double TestShare { get; set; }

    [Description("Bases of a held-out block, at least a window; chosen by the data's size unless set.")]
    [Range(1, long.MaxValue)]
    public long? BlockBases { get; set; }

    [Description("Which blocks are held out follows from this alone, so that runs with different seeds hold out the same.")]
    public ulong SplitSeed { get; set; } = 1;

    [Description("What records that nothing holds out serve as: train, dev, test, or any (whichever split is asked for).")]
    public SplitUse As { get; set; } = SplitUse.Train;

    [Description(
        "Species of the sequences, such as Homo_sapiens: the field 'species' of every sample, for templates and tables by species.")]
    public string? Species { get; set; }

    [Description(
        "Species of some: names or patterns of records (E.coli*) or of files (bacteria.fa.gz), each with its species; the first that "
        + "fits counts. Those that none fits have 'species', without which they are refused.")]
    public Dictionary<string, string> SpeciesOf { get; set; } = [];

    [Description("Characters of the sequences where they are no nucleotides, such as 01 for alleles; case counts. Such a file is held in "
        + "memory, and the tokenizer must be given the same alphabet.")]
    public string? Alphabet { get; set; }

    [Description("Read each file once at the start: checks every character and finds the N. Without it a .fai that fits is believed.")]
    public bool Verify { get; set; } = true;

    [Description("What happens to a record without bases, or with a name that is there already: fail, or skip and count it.")]
    public OnBad OnBad { get; set; } = OnBad.Fail;

    [Description("Leave a .fai beside a file that has none that fits.")]
    public bool WriteIndex { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Stride is not null && How != WindowMode.Overlap)
            yield return new("only goes with 'how: overlap'.", [nameof(Stride)]);
        if (How == WindowMode.Whole && Window != UsualWindow)
            yield return new("does not go with whole records; say how they are cut too: 'how: tiles', for example.", [nameof(Window)]);
        if (How == WindowMode.Joined && (!Verify || Alphabet is not null))
            yield return new("cannot be 'joined' without finding the N of each record; leave 'verify' on and 'alphabet' out.",
                [nameof(How)]);
        if (How == WindowMode.Joined && MaxN is not null)
            yield return new("does not go with 'how: joined', which takes all but A, C, G and T out.", [nameof(MaxN)]);
        if (SamplesPerEpoch is not null && How is not (WindowMode.Random or WindowMode.Mixture))
            yield return new("only goes with 'how: random' or 'how: mixture'.", [nameof(SamplesPerEpoch)]);
        if (MinLength > Window && How != WindowMode.Whole)
            yield return new($"must be at most the window, {Window}.", [nameof(MinLength)]);
        if (Dev.Length > 0 && DevShare > 0)
            yield return new("cannot go with 'dev'; name records or give a share.", [nameof(DevShare)]);
        if (Test.Length > 0 && TestShare > 0)
            yield return new("cannot go with 'test'; name records or give a share.", [nameof(TestShare)]);
        if (DevShare + TestShare >= 1)
            yield return new($"and devShare leave nothing to train on.", [nameof(TestShare)]);
        if (BlockBases < Window && How != WindowMode.Whole)
            yield return new($"must be at least the window, {Window}.", [nameof(BlockBases)]);
        if (string.IsNullOrWhiteSpace(Species ?? "-"))
            yield return new("must name a species; leave it out for none.", [nameof(Species)]);
        foreach (var pattern in SpeciesOf.Where(s => string.IsNullOrWhiteSpace(s.Value)).Select(s => s.Key))
            yield return new($"names no species for '{pattern}'.", [nameof(SpeciesOf)]);
        if (Alphabet is not null && MaxN is not null)
            yield return new("goes with nucleotides only, not with 'alphabet'.", [nameof(MaxN)]);
        if (Alphabet is not null && WriteIndex)
            yield return new("goes with nucleotides only, not with 'alphabet'.", [nameof(WriteIndex)]);
        if (As != SplitUse.Train && (Dev.Length > 0 || Test.Length > 0 || DevShare > 0 || TestShare > 0 || Train.Length > 0))
            yield return new("cannot go with train, dev, test, devShare or testShare; those say what each record serves as.", [nameof(As)]);
    }
}
