using PluginHost.Libs.Tools.Answers;
using PluginHost.Libs.Tools.Strands;
using PluginHost.Plugins.Embed.Cutting;
using PluginHost.Plugins.Embed.Files;

namespace PluginHost.Plugins.Embed.Vectors;

/// <summary>
/// Takes windows in the order of the input and writes what they make: tokens as they come, a sequence's vector after its last window.
/// </summary>
/// <param name="of">What a vector stands for.</param>
/// <param name="pooling">How tokens become the vector of a sequence.</param>
/// <param name="bothStrands">Whether sequences are those of a <see cref="StrandedSource"/>: two of them have one vector, the mean.</param>
/// <param name="file">Receives them.</param>
internal sealed class Joiner(Of of, Pooling pooling, bool bothStrands, IVectorFile file)
{
    private double[] sum = [];
    private long weight;
    private (float[] Values, VectorPlace Place) forward;
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
        if (window.IsFirst && !(bothStrands && window.Sample % 2 == 1))
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
        if (bothStrands && window.Sample % 2 == 0)
        {
            forward = (values, vectors.Places[0]);
            return;
        }
        if (weight == 0) Empty++;
        var place = vectors.Places[0];
        if (bothStrands) (values, place) = (StrandedSource.Mean(forward.Values, values), forward.Place);
        if (weight > 0) Add(place, values);
        else file.Add(place, values);
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
