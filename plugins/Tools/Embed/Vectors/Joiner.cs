using PluginHost.Plugins.Embed.Cutting;
using PluginHost.Plugins.Embed.Files;

namespace PluginHost.Plugins.Embed.Vectors;

/// <summary>
/// Takes windows in the order of the input and writes what they make: tokens as they come, a sequence's vector after its last window.
/// </summary>
/// <param name="of">What a vector stands for.</param>
/// <param name="pooling">How tokens become the vector of a sequence.</param>
/// <param name="file">Receives them.</param>
internal sealed class Joiner(Of of, Pooling pooling, IVectorFile file)
{
    private double[] sum = [];
    private long weight;

    /// <summary>Sequences without a token that stands for bases: there is no mean over none.</summary>
    public long Empty { get; private set; }

    /// <summary>Takes the next window.</summary>
    public void Take(Window window, WindowVectors vectors)
    {
        if (window.IsFirst) file.Begin(vectors.Id);
        if (of == Of.Token) AddTokens(vectors);
        else AddToSequence(window, vectors);
    }

    private void AddTokens(WindowVectors vectors)
    {
        if (vectors.Places.Count == 0) return;
        var width = vectors.Values.Length / vectors.Places.Count;
        for (var n = 0; n < vectors.Places.Count; n++) file.Add(vectors.Places[n], vectors.Values.AsSpan(n * width, width));
    }

    private void AddToSequence(Window window, WindowVectors vectors)
    {
        if (window.IsFirst || pooling == Pooling.Last) (sum, weight) = (new double[vectors.Values.Length], 0);
        for (var d = 0; d < sum.Length; d++) sum[d] += vectors.Values[d];
        weight += vectors.Weight;
        if (!window.IsLast) return;
        if (weight == 0) Empty++;
        file.Add(vectors.Places[0], Array.ConvertAll(sum, value => (float)(value / weight)));
    }
}
