using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Host.Pipelines.Settings;

/// <summary>The keys of <c>train.lora</c>. The defaults of rank, alpha and dropout are those of DNABERT-2's fine-tuning script.</summary>
public sealed class LoraOptions
{
    /// <summary>Stands for every linear layer of the backbone.</summary>
    public const string AllLinear = "all-linear";

    [Description("Linear layers of the backbone that get an adapter: names or their last parts (query, attention.self.value, Wqkv), * for "
        + "any characters, or all-linear.")]
    [Required, MinLength(1)]
    public string[] Targets { get; set; } = [];

    [Description("Rank of the two matrices' product.")]
    [Range(1, 4096)]
    public int Rank { get; set; } = 8;

    [Description("The product is multiplied by alpha / rank.")]
    [Range(1e-6, 1e6)]
    public double Alpha { get; set; } = 32;

    [Description("Dropout on what goes into an adapter while training.")]
    [Range(0.0, 0.99)]
    public double Dropout { get; set; } = 0.05;

    [Description("Adds the products to the weights once trained: model/ is then a plain model. Otherwise model/ has the weights as they "
        + "were and the adapter beside them. The adapter is saved apart either way.")]
    public bool Merge { get; set; }
}
