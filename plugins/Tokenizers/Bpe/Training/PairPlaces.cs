using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace PluginHost.Plugins.Bpe.Training;

/// <summary>
/// Merges pairs at their known places: the way for rare pairs. A merged token stays where its first part began; the
/// places behind it are dead, and the first and last of them hold its width, so that neighbours find each other.
/// </summary>
internal sealed class PairPlaces
{
    /// <summary>Places are far apart, so what stands there is fetched so many places before it is needed.</summary>
    private const int Ahead = 16;

    private readonly ushort[] tokens;
    private readonly ulong[] dead;
    private readonly Dictionary<int, List<int>> places = [];
    private readonly List<int>?[] before;
    private readonly List<int>?[] after;
    private readonly List<int> seen = [];

    /// <param name="tokens">The text; it begins and ends with a break.</param>
    /// <param name="length">Its length.</param>
    /// <param name="known">Tokens so far.</param>
    /// <param name="most">Tokens there can be.</param>
    public PairPlaces(ushort[] tokens, int length, int known, int most)
    {
        this.tokens = tokens;
        dead = new ulong[length / 64 + 1];
        (before, after) = (new List<int>?[most], new List<int>?[most]);
        var counts = new int[known * known];
        for (var i = 1; i + 1 < length; i++)
            if (IsPair(i)) counts[tokens[i] * known + tokens[i + 1]]++;
        var lists = new List<int>[counts.Length];
        for (var pair = 0; pair < counts.Length; pair++)
            if (counts[pair] > 0) places.Add(pair / known << 16 | pair % known, lists[pair] = new List<int>(counts[pair]));
        for (var i = 1; i + 1 < length; i++)
            if (IsPair(i)) lists[tokens[i] * known + tokens[i + 1]].Add(i);
    }

    /// <summary>Replaces a pair from left to right, wherever it still stands.</summary>
    public void Merge(int first, int second, int merged, Neighbours neighbours)
    {
        if (!places.Remove(first << 16 | second, out var list)) return;
        var all = CollectionsMarshal.AsSpan(list);
        for (var i = 0; i < all.Length; i++)
        {
            if (i + Ahead < all.Length) Fetch(all[i + Ahead]);
            var place = all[i];
            if (IsDead(place) || tokens[place] != first) continue;
            var next = Next(place);
            if (tokens[next] != second) continue;
            var end = Next(next);
            var previous = IsDead(place - 1) ? place - tokens[place - 1] : place - 1;
            neighbours.Add(tokens[previous], tokens[end]);
            if (tokens[previous] != TrainingText.Break) Add(before, tokens[previous], previous);
            if (tokens[end] != TrainingText.Break) Add(after, tokens[end], place);
            dead[next >> 6] |= 1UL << next;
            tokens[place] = (ushort)merged;
            tokens[place + 1] = tokens[end - 1] = (ushort)(end - place);
        }
        foreach (var token in seen)
        {
            if (before[token] is { } left) places.Add(token << 16 | merged, left);
            if (after[token] is { } right) places.Add(merged << 16 | token, right);
            before[token] = after[token] = null;
        }
        seen.Clear();
    }

    private void Add(List<int>?[] beside, int token, int place)
    {
        if (beside[token] is null) seen.Add(token);
        (beside[token] ??= []).Add(place);
    }

    private unsafe void Fetch(int place)
    {
        if (!Sse.IsSupported) return;
        Sse.Prefetch0(Unsafe.AsPointer(ref tokens[place]));
        Sse.Prefetch0(Unsafe.AsPointer(ref dead[place >> 6]));
    }

    private bool IsPair(int place) => tokens[place] != TrainingText.Break && tokens[place + 1] != TrainingText.Break;

    private bool IsDead(int place) => (dead[place >> 6] >> place & 1) != 0;

    /// <summary>Where the token after a living one begins.</summary>
    private int Next(int place) => IsDead(place + 1) ? place + tokens[place + 1] : place + 1;
}
