namespace PluginHost.Benchmarks;

/// <summary>The models and batches that are timed: masked LM over 6-mers (4,101 ids), dropout 0.1, AdamW.</summary>
/// <param name="Name">In tables.</param>
/// <param name="Layers">Of the encoder.</param>
/// <param name="Width">Of a token.</param>
/// <param name="Heads">Of attention.</param>
/// <param name="Length">Tokens of a sequence.</param>
/// <param name="Batch">Sequences of a step.</param>
/// <param name="Repeats">Steps that a turn times.</param>
internal sealed record Shape(string Name, int Layers, int Width, int Heads, int Length, int Batch, int Repeats)
{
    public const int Vocabulary = 4101;

    public static readonly Shape Small = new("4x256", 4, 256, 4, 128, 16, 3);
    public static readonly Shape Base = new("12x768", 12, 768, 12, 128, 8, 1);

    public int TokensPerStep => Batch * Length;
}
