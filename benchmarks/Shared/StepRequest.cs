using System.Text.Json;

namespace PluginHost.Benchmarks;

/// <summary>A line that asks a program for a measurement; peer.py reads the same.</summary>
/// <param name="What">
/// "about", "train", "predict" or "memory"; for "train" the rest says what is trained, for "predict" what is read, in batches.
/// </param>
internal sealed record StepRequest(string What)
{
    private static readonly JsonSerializerOptions lowerCase = new(JsonSerializerDefaults.Web);

    /// <summary>Of the model, so that the second request finds it.</summary>
    public string Key { get; init; } = "step";

    /// <summary>"fp32" or "bf16".</summary>
    public string Dtype { get; init; } = "fp32";

    public int Layers { get; init; }

    public int Width { get; init; }

    public int Heads { get; init; }

    public int Vocab { get; init; } = Shape.Vocabulary;

    public int Length { get; init; }

    public int Batch { get; init; }

    /// <summary>Of "predict": all sequences of a pass.</summary>
    public int Sequences { get; init; }

    /// <summary>Of "predict": whether a decoder says how likely each is; else an encoder gives each two classes.</summary>
    public bool Causal { get; init; }

    /// <summary>Of "predict": whether attention is libtorch's own operator; else it is written out.</summary>
    public bool Fused { get; init; }

    /// <summary>Of "predict": tokens of the prompts that a decoder goes on from until <see cref="Length"/>; 0 where it reads
    /// alone.</summary>
    public int Prompt { get; init; }

    /// <summary>Of "predict" with a prompt: whether keys and values are kept.</summary>
    public bool Cached { get; init; }

    /// <summary>Untimed steps of a new model.</summary>
    public int Warmup { get; init; }

    /// <summary>Untimed steps of every request: the others have had the caches and the threads meanwhile.</summary>
    public int Settle { get; init; }

    /// <summary>Timed steps.</summary>
    public int Repeats { get; init; }

    /// <summary>Asks for steps of a shape.</summary>
    public static StepRequest Train(Shape shape, string dtype, int warmup, int settle, int repeats) => new("train")
    {
        Key = $"{shape.Name} {dtype}", Dtype = dtype, Layers = shape.Layers, Width = shape.Width, Heads = shape.Heads,
        Length = shape.Length, Batch = shape.Batch, Warmup = warmup, Settle = settle, Repeats = repeats,
    };

    /// <summary>Asks for a pass over sequences of equal length, already tokens.</summary>
    public static StepRequest Predict(Shape shape, int length, int batch, int sequences, bool causal, bool fused) => new("predict")
    {
        Key = $"{shape.Name} {length} {sequences} {causal} {fused}", Layers = shape.Layers, Width = shape.Width, Heads = shape.Heads,
        Length = length, Batch = batch, Sequences = sequences, Causal = causal, Fused = fused, Repeats = 1,
    };

    /// <summary>Asks for tokens after random prompts, always the likeliest one.</summary>
    public static StepRequest Generate(Shape shape, int vocabulary, int prompt, int length, int batch, bool cached) => new("predict")
    {
        Key = $"{shape.Name} {prompt} {length} {batch} {cached}", Layers = shape.Layers, Width = shape.Width, Heads = shape.Heads,
        Vocab = vocabulary, Prompt = prompt, Length = length, Batch = batch, Cached = cached, Repeats = 1,
    };

    /// <summary>The shape asked for.</summary>
    public Shape ToShape() => new(Key, Layers, Width, Heads, Length, Batch, Repeats);

    public string Write() => JsonSerializer.Serialize(this, lowerCase);

    public static StepRequest Read(string line) => JsonSerializer.Deserialize<StepRequest>(line, lowerCase)!;
}
