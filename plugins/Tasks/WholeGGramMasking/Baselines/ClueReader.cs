using PluginHost.Libs.Masking;

namespace PluginHost.Plugins.WholeGGramMasking;

using static TorchSharp.torch;

/// <summary>Reads the clues of a collated batch. Axes: B rows, T tokens, M scored positions.</summary>
internal static class ClueReader
{
    /// <summary>Farthest neighbour looked at, in tokens.</summary>
    public const int Reach = 3;

    private const int LongestRun = 6;

    /// <summary>Numbers a run's places may have.</summary>
    public const int Runs = LongestRun * LongestRun;

    /// <summary>Every position with a label.</summary>
    public static List<Clues> Read(Batch batch, Vocabulary vocabulary)
    {
        var length = (int)batch.Axis("T");
        var input = Read<long>(batch[Keys.InputIds]);
        var positions = Read<long>(batch[Keys.Positions]);
        var labels = Read<long>(batch[Keys.PositionLabels]);
        var atMask = Read<bool>(batch[ScoredPositions.AtMask]);
        var scored = positions.Where((_, m) => labels[m] != Keys.Ignore).ToHashSet();
        var clues = new List<Clues>();
        for (var m = 0; m < positions.Length; m++)
        {
            if (labels[m] == Keys.Ignore) continue;
            var (row, token) = ((int)(positions[m] / length), (int)(positions[m] % length));
            var encoding = batch.Encodings[row];
            bool Hidden(int t) => t >= 0 && t < encoding.Ids.Length && scored.Contains((long)row * length + t);
            bool Visible(int t) => t >= 0 && t < encoding.Ids.Length && !Hidden(t) && input[(long)row * length + t] == encoding.Ids[t]
                && !vocabulary.IsSpecial(encoding.Ids[t]);
            Neighbour Nearest(int step)
            {
                for (var d = 1; d <= Reach; d++)
                    if (Visible(token + d * step)) return new(d, encoding.Ids[token + d * step]);
                return default;
            }
            var (before, after) = (0, 0);
            while (before < LongestRun - 1 && Hidden(token - before - 1)) before++;
            while (before + after < LongestRun - 1 && Hidden(token + after + 1)) after++;
            clues.Add(new((int)labels[m], atMask[m] ? -1 : (int)input[positions[m]], before * LongestRun + after, Nearest(-1), Nearest(1)));
        }
        return clues;
    }

    private static T[] Read<T>(Tensor column) where T : unmanaged => column.cpu().data<T>().ToArray();
}
