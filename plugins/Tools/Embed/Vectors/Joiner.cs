using PluginHost.Libs.Tools.Answers;
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
    private string id = "";

    /// <summary>Sequences without a token that stands for bases: there is no mean over none.</summary>
    public long Empty { get; private set; }

    /// <summary>Vectors of the model itself that hold NaN or an infinity.</summary>
    public long NotFinite { get; private set; }

    /// <summary>The sequence of the first of them.</summary>
    public string FirstNotFinite { get; private set; } = "";

    /// <summary>What is to be said of sequences, by their place in the input.</summary>
    public IReadOnlyDictionary<long, string> Notes { get; init; } = new Dictionary<long, string>();

    /// <summary>Takes the next window.</summary>
    public void Take(Window window, WindowVectors vectors)
    {
        if (window.IsFirst)
        {
            id = vectors.Id;
            file.Begin(id, Notes.GetValueOrDefault(window.Sample, ""));
        }
        if (of == Of.Token) AddTokens(vectors);
        else AddToSequence(window, vectors);
    }

    private void AddTokens(WindowVectors vectors)
    {
        if (vectors.Places.Count == 0) return;
        var width = vectors.Values.Length / vectors.Places.Count;
        for (var n = 0; n < vectors.Places.Count; n++) Add(vectors.Places[n], vectors.Values.AsSpan(n * width, width));
    }

    private void AddToSequence(Window window, WindowVectors vectors)
    {
        if (window.IsFirst || pooling == Pooling.Last) (sum, weight) = (new double[vectors.Values.Length], 0);
        for (var d = 0; d < sum.Length; d++) sum[d] += vectors.Values[d];
        weight += vectors.Weight;
        if (!window.IsLast) return;
        var values = Array.ConvertAll(sum, value => (float)(value / weight));
        if (weight > 0)
        {
            Add(vectors.Places[0], values);
            return;
        }
        Empty++;
        file.Add(vectors.Places[0], values);
    }

    private void Add(VectorPlace place, ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            if (float.IsFinite(value)) continue;
            if (NotFinite++ == 0) FirstNotFinite = id;
            break;
        }
        file.Add(place, values);
    }
}
