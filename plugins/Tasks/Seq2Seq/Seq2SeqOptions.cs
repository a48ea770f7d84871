using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.Seq2Seq;

/// <summary>Options of <c>seq2seq</c>.</summary>
public sealed class Seq2SeqOptions
{
    /// <summary>The field of a sample that holds the sequence to write.</summary>
    [Required, Description("Field that holds the sequence to write: a column of the table, as child. 'sequence' is the source itself: "
        + "copying, which a model must be able to do before it can learn what changes.")]
    public string Target { get; set; } = "target";

    /// <summary>Probability that the loss takes from the true token and spreads over all (Szegedy et al. 2016).</summary>
    [Range(0.0, 0.9), Description("Probability that the training loss takes from the true token and spreads evenly over all. Figures are "
        + "of the loss without it.")]
    public double LabelSmoothing { get; set; }

    /// <summary>Share of target tokens that are read wrongly in training (Bowman et al. 2016 drop them; Bengio et al. 2015).</summary>
    [Range(0.0, 0.9), Description("Share of the target's tokens that are replaced by others of the target where the model reads them, in "
        + "training only; what is asked for stays. A model that has seen its own past wrong finds the place again after a mutation.")]
    public double InputNoise { get; set; }

    /// <summary>Text of the token between source and target of a causal model; null for the first that the vocabulary has.</summary>
    [Description("Token between source and target where a causal model reads both as one sequence; unless set the first of <extra_id_0>, "
        + "<=> and [SEP] that the vocabulary has. An encoder-decoder needs none.")]
    public string? Separator { get; set; }

    /// <summary>Text of the token that ends a target; null for the vocabulary's separator.</summary>
    [Description("Token that ends a target, so that writing stops; unless set [SEP], and none where the vocabulary lacks it.")]
    public string? End { get; set; }

    /// <summary>Most samples that the model writes itself at each evaluation; 0 for none.</summary>
    [Range(0, 1_000_000), Description("Samples of a split, evenly spaced, that the model writes itself at each evaluation, for exact-match "
        + "and edit-distance; 0 for none.")]
    public int DecodeSamples { get; set; } = 64;

    /// <summary>How tokens are chosen while these are written.</summary>
    [Description("How tokens are chosen while these are written.")]
    public ComponentSpec Decoder { get; set; } = new("greedy");
}
