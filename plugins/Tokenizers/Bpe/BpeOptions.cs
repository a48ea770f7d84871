using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.Bpe;

/// <summary>Options of <c>bpe</c>.</summary>
public sealed class BpeOptions
{
    /// <summary>A Hugging Face <c>tokenizer.json</c>: BPE model, Whitespace pre-tokenizer, template post-processor.</summary>
    [Required, Description("A Hugging Face tokenizer.json (BPE model, Whitespace pre-tokenizer, template post-processor): a published one, "
        + "or one that 'host bpe train' made.")]
    public string? Vocab { get; set; }
}
