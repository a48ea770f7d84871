using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Host.Pipelines.Settings;

/// <summary>Number format of the forward pass.</summary>
public enum Precision
{
    /// <summary>bfloat16 autocast where the device computes it natively, else float32.</summary>
    Auto,

    /// <summary>float32.</summary>
    Fp32,

    /// <summary>bfloat16 autocast; weights and optimizer state stay float32.</summary>
    Bf16,
}

/// <summary>What happens to a sequence longer than the model.</summary>
public enum TooLong
{
    /// <summary>Its end is cut off; how many were cut, and how many bases were lost, is reported.</summary>
    Truncate,

    /// <summary>The run stops and names it.</summary>
    Error,
}

/// <summary>The keys of a stage's <c>train:</c>.</summary>
public sealed class TrainOptions : IValidatableObject
{
    [Description("Optimizer steps; 0 means go by epochs.")]
    [Range(0, int.MaxValue)]
    public int Steps { get; set; }

    [Description("Passes over the training split; fractions allowed. Used when steps is 0.")]
    [Range(0.0, 1e6)]
    public double Epochs { get; set; } = 1;

    [Description("Padded tokens of a micro-batch; batches are packed by length up to it. 0 means go by batchSize.")]
    [Range(0, 1 << 26)]
    public int BatchTokens { get; set; }

    [Description("Sequences of a micro-batch. Used when batchTokens is 0.")]
    [Range(1, 1 << 20)]
    public int BatchSize { get; set; } = 32;

    [Description("Micro-batches per optimizer step.")]
    [Range(1, 1 << 16)]
    public int Accumulate { get; set; } = 1;

    [Description("What turns gradients into steps, as a component of kind optimizer. Left out: the default optimizer.")]
    public ComponentSpec? Optimizer { get; set; }

    [Description("Peak learning rate.")]
    [Range(0.0, 10.0)]
    public double LearningRate { get; set; } = 1e-4;

    [Description("What the learning rate does, as a component of kind schedule. Left out: the default schedule.")]
    public ComponentSpec? Schedule { get; set; }

    [Description("Warm-up: a share of the steps if below 1, else a number of steps.")]
    [Range(0.0, 1e9)]
    public double Warmup { get; set; } = 0.1;

    [Description("Step at which decay reaches zero; 0 means the last step. DNABERT decays over 200,000 but stops at 120,000.")]
    [Range(0, int.MaxValue)]
    public int DecaySteps { get; set; }

    [Description("Which weights are trained: full, all; head, the heads alone; gradual, the heads first and then layer by layer from the "
        + "top; lora, the heads and adapters on named layers.")]
    public Tune Tune { get; set; } = Tune.Full;

    [Description("With tune: gradual, epochs after which the next layers down are thawed; 0 spreads them evenly over the stage. The "
        + "embeddings come last.")]
    [Range(0.0, 1e6)]
    public double UnfreezeEvery { get; set; }

    [Description("With tune: gradual, layers that are thawed at a time.")]
    [Range(1, 10_000)]
    public int UnfreezeLayers { get; set; } = 1;

    [Description("With tune: lora, the adapters.")]
    public LoraOptions? Lora { get; set; }

    [Description("Factor on the learning rate from each layer to the one below it; the heads have the whole rate, the embeddings the "
        + "least. 1 is the same rate for all.")]
    [Range(0.01, 1.0)]
    public double LayerDecay { get; set; } = 1;

    [Description("Factor on the learning rate of the heads, which start from nothing where the rest was pretrained.")]
    [Range(0.01, 1000.0)]
    public double HeadRate { get; set; } = 1;

    [Description("Decoupled weight decay; not applied to biases and norms.")]
    [Range(0.0, 10.0)]
    public double WeightDecay { get; set; } = 0.01;

    [Description("Decay of the gradients' running mean, in optimizers that keep one.")]
    [Range(0.0, 0.99999)]
    public double Beta1 { get; set; } = 0.9;

    [Description("Decay of the squared gradients' running mean, in optimizers that keep one.")]
    [Range(0.0, 0.999999)]
    public double Beta2 { get; set; } = 0.999;

    [Description("Added to denominators by optimizers that divide by a running mean.")]
    [Range(1e-16, 1.0)]
    public double Epsilon { get; set; } = 1e-8;

    [Description("Clip the global gradient norm to this; 0 means no clipping.")]
    [Range(0.0, 1e9)]
    public double ClipNorm { get; set; } = 1.0;

    [Description("auto, fp32 or bf16.")]
    public Precision Precision { get; set; } = Precision.Auto;

    [Description("Log every so many steps.")]
    [Range(1, int.MaxValue)]
    public int LogEvery { get; set; } = 10;

    [Description("Score the dev split every so many steps; 0 means once an epoch, or ten times when going by steps.")]
    [Range(0, int.MaxValue)]
    public int EvaluateEvery { get; set; }

    [Description("Samples of the dev split scored during training; 0 means all.")]
    [Range(0, int.MaxValue)]
    public int EvaluateSamples { get; set; }

    [Description("Checkpoint every so many steps; 0 means at evaluations only.")]
    [Range(0, int.MaxValue)]
    public int CheckpointEvery { get; set; }

    [Description("Checkpoints kept beside the best one.")]
    [Range(1, 1000)]
    public int KeepCheckpoints { get; set; } = 2;

    [Description("Dev metric the best model is chosen by; empty means the objective's own. The best model is what the stage hands on.")]
    public string SelectBy { get; set; } = "";

    [Description("Stop after so many evaluations without improvement; 0 means never.")]
    [Range(0, 1000)]
    public int Patience { get; set; }

    [Description("Whether the stage hands on the best model on dev (true) or the last (false).")]
    public bool KeepBest { get; set; } = true;

    [Description("Workers that prepare batches ahead; the batches are the same whatever their number.")]
    [Range(1, 64)]
    public int Workers { get; set; } = 1;

    [Description("What happens to a sequence longer than the model: truncate (counted and reported) or error.")]
    public TooLong TooLong { get; set; } = TooLong.Truncate;

    /// <summary>Whether how high a weight lies matters for how it is trained.</summary>
    internal bool GoesByLayers => Tune == Tune.Gradual || LayerDecay < 1;

    /// <summary>The same at another learning rate.</summary>
    public TrainOptions At(double learningRate)
    {
        var other = (TrainOptions)MemberwiseClone();
        other.LearningRate = learningRate;
        return other;
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Tune == Tune.Lora && Lora is null)
            yield return new("needs 'lora: { targets: [...] }', the layers that get an adapter.", [nameof(Tune)]);
        if (Tune != Tune.Lora && Lora is not null)
            yield return new("only goes with 'tune: lora'.", [nameof(Lora)]);
        if (Tune != Tune.Gradual && (UnfreezeEvery > 0 || UnfreezeLayers > 1))
            yield return new("only goes with 'tune: gradual'.", [UnfreezeEvery > 0 ? nameof(UnfreezeEvery) : nameof(UnfreezeLayers)]);
    }
}
