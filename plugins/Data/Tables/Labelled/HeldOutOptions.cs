using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Libs.Genomics;

namespace PluginHost.Plugins.Tables.Labelled;

/// <summary>How a dev split is drawn where the data has none.</summary>
internal abstract class HeldOutOptions
{
    [Description("Share of the training samples held out for development: drawn label by label, equal sequences together.")]
    [Range(0.0, 0.9)]
    public double DevShare { get; set; }

    [Description("What happens to a sample without bases, or with a name that is there already: fail, or skip and count it.")]
    public OnBad OnBad { get; set; } = OnBad.Fail;

    [Description("Which samples are held out follows from this alone, so that runs with different seeds hold out the same.")]
    public ulong SplitSeed { get; set; } = 1;

    [Description("Species of the sequences, such as Homo_sapiens: the field 'species' of every sample.")]
    public string? Species { get; set; }

    [Description("Characters of the sequences where they are no nucleotides, such as 01 for alleles; case counts. The tokenizer must be "
        + "given the same alphabet.")]
    public string? Alphabet { get; set; }
}
