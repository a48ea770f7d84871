using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Plugins.DataTools.Output;

namespace PluginHost.Plugins.DataTools.Windows;

/// <summary>Tiles over a genome, record by record; labelled by what features cover where there are features.</summary>
internal sealed class TileWindows(FastaFile genome, WindowOptions options, CoveredBases? covered)
{
    private readonly int length = options.Tiles!.Value;
    private readonly int shortest = options.MinLength ?? (options.Tiles!.Value + 1) / 2;

    /// <summary>Tiles left out for their N.</summary>
    public long Masked { get; private set; }

    /// <summary>Whether tiles have labels.</summary>
    public bool Labelled => covered is not null;

    /// <summary>Writes the tiles of records.</summary>
    public void Write(RowWriter writer, IReadOnlyList<FastaRecord> records, Action<long> progress, CancellationToken cancellation)
    {
        var done = 0L;
        foreach (var record in records)
        {
            foreach (var (start, end, sequence) in options.HardMasked == HardMasked.Delete ? Joined(record) : AsTheyAre(record))
            {
                cancellation.ThrowIfCancellationRequested();
                progress(done + end);
                var label = covered is null ? null : covered.Count(record.Name, start, end) >= options.Covered * (end - start) ? "1" : "0";
                writer.Add($"{record.Name}:{start}-{end}(+)", sequence, label, [record.Name, $"{start}", $"{end}", "+", ""]);
            }
            done += record.Length;
        }
    }

    private IEnumerable<(long, long, string)> AsTheyAre(FastaRecord record)
    {
        foreach (var stretch in Tiling.Stretches(record, options.HardMasked == HardMasked.Split))
            foreach (var (start, end) in Tiling.Over(stretch.Start, stretch.End, length, options.Overlap, shortest))
            {
                if (options.HardMasked == HardMasked.Skip && Tiling.CountUnknown(record, start, end) > options.MaxN * (end - start))
                    Masked++;
                else yield return (start, end, genome.Read(record, start, (int)(end - start)));
            }
    }

    /// <summary>Tiles of the record as it would be without N; places are those of the first and last base.</summary>
    private IEnumerable<(long, long, string)> Joined(FastaRecord record)
    {
        var pending = new System.Text.StringBuilder();
        // Where each piece of pending lies in the record.
        var places = new Queue<(long Start, int Length)>();
        var first = true;
        foreach (var (start, end) in Tiling.Stretches(record, betweenN: true))
            for (var at = start; at < end;)
            {
                var take = (int)Math.Min(end - at, Math.Max(1, length - pending.Length));
                pending.Append(genome.Read(record, at, take));
                places.Enqueue((at, take));
                at += take;
                if (pending.Length < length) continue;
                yield return Take(length);
                first = false;
                Drop(length - options.Overlap);
            }
        if (pending.Length >= Math.Min(length, shortest) && (first || pending.Length > options.Overlap)) yield return Take(pending.Length);

        (long, long, string) Take(int bases)
        {
            var last = places.Last();
            return (places.Peek().Start, last.Start + last.Length, pending.ToString(0, bases));
        }

        void Drop(int bases)
        {
            pending.Remove(0, bases);
            var left = places.ToList();
            places.Clear();
            foreach (var (start, count) in left)
            {
                var gone = Math.Min(bases, count);
                bases -= gone;
                if (count > gone) places.Enqueue((start + gone, count - gone));
            }
        }
    }
}
