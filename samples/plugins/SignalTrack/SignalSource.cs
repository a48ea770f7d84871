using PluginHost;

namespace SignalTrack;

/// <summary>
/// Another source with a field more: a number for each base of the sample, NaN where the track has none. On the reverse strand numbers run
/// with the sequence, from its first base on.
/// </summary>
internal sealed class SignalSource : IDataSource
{
    // Looked at before training, for the usual mistake: chromosomes that have other names in the track.
    private const long Tried = 200;

    private readonly SignalSourceOptions options;
    private readonly IDataSource inner;
    private readonly string path;
    private readonly Lazy<Track> track;

    public SignalSource(SignalSourceOptions options, IDataSource inner, string path)
    {
        (this.options, this.inner, this.path) = (options, inner, path);
        track = new(() => TrackReader.Read(path));
    }

    public IReadOnlyList<string> Files => [.. inner.Files, path];

    public bool IsDivided => inner.IsDivided;

    public IReadOnlyList<string> Notes => [.. inner.Notes, $"{Path.GetFileName(path)}: {track.Value.Bases:N0} bases with a value, on "
        + $"{string.Join(", ", track.Value.Chromosomes.Take(5))}{(track.Value.Chromosomes.Count > 5 ? ", ..." : "")}."];

    public ISampleSource? Open(Split split)
    {
        if (inner.Open(split) is not { } samples) return null;
        var signals = new Samples(samples, track.Value, options.Field);
        if (samples.Count > 0 && !signals.HasAny(Tried))
            throw new DataException($"{path} has no value for the first {Math.Min(Tried, samples.Count):N0} sequences of {split}, such as "
                + $"{samples.Get(0, new SeededRandom(0)).Id}; its chromosomes are {string.Join(", ", track.Value.Chromosomes.Take(10))}.");
        return signals;
    }

    private sealed class Samples(ISampleSource inner, Track track, string field) : ISampleSource
    {
        public long Count => inner.Count;

        public IReadOnlyList<string> LeftOut => inner.LeftOut;

        public Sample Get(long index, SeededRandom random)
        {
            var sample = inner.Get(index, random);
            if (sample.Place is not { } place || place.End - place.Start != sample.Sequence.Length)
                throw new DataException($"{sample.Where}: its place on a genome is not known, so a track says nothing of it; use a source "
                    + "that reads a genome.");
            var values = track.Read(place.Chromosome, place.Start, sample.Sequence.Length);
            if (place.Strand == '-') Array.Reverse(values);
            return sample with { Fields = new Dictionary<string, object>(sample.Fields) { [field] = values } };
        }

        public bool HasAny(long most)
        {
            for (var i = 0L; i < Math.Min(most, Count); i++)
                if (Get(i, new SeededRandom(0, (ulong)i)).Vector(field).Any(float.IsFinite)) return true;
            return false;
        }
    }
}
