namespace PluginHost.Plugins.MultiTaskDna;

/// <summary>The tokens of the token language that prompts and answers are made of.</summary>
internal sealed class Answers
{
    /// <exception cref="UsageException">The vocabulary lacks one of them.</exception>
    public Answers(Vocabulary vocabulary, MultiTaskDnaOptions options)
    {
        Pad = vocabulary.Pad ?? throw new UsageException("dna-multitask needs a tokenizer whose vocabulary has a padding token.");
        if (options.Gc > 0) Number = [Find("<=>"), Find("<M>")];
        if (options.Order <= 0) return;
        Class = [Find("<=>"), Find("<B>")];
        Flipped = Find("A");
        AsRead = Find("N");

        int Find(string text) => vocabulary.Find(text) ?? throw new UsageException(
            $"dna-multitask needs the token '{text}', which this vocabulary lacks; use "
                + $"token-language{(text.Length == 1 ? " with 'vocabulary: dynamic', or set 'order: 0'" : "")}.");
    }

    public int Pad { get; }

    /// <summary>What is asked with for a number: = M.</summary>
    public int[] Number { get; } = [];

    /// <summary>What is asked with for a class: = B.</summary>
    public int[] Class { get; } = [];

    /// <summary>Yes, it is flipped: A.</summary>
    public int Flipped { get; }

    /// <summary>No: N.</summary>
    public int AsRead { get; }

    /// <summary>Most tokens a prompt adds.</summary>
    public int Longest => Math.Max(Number.Length, Class.Length);
}
