using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PluginHost.Plugins.Bpe;

/// <summary>
/// Encodes a run of letters with <see cref="PrefixAutomaton"/>: reads it to its end, then takes the pieces from the last to the first.
/// </summary>
internal abstract class AutomatonEncoder
{
    /// <summary>
    /// An encoder that numbers states in as few bits as they need: the fewer, the more of the table stays in the near caches.
    /// </summary>
    public static AutomatonEncoder For(PrefixAutomaton automaton) =>
        automaton.Last.Length <= 1 << 16 ? new AutomatonEncoder<ushort>(automaton) : new AutomatonEncoder<int>(automaton);

    /// <inheritdoc cref="BpeEncoder.Encode"/>
    public abstract int Encode(ReadOnlySpan<byte> codes, Span<ushort> pieces);
}

/// <inheritdoc/>
/// <typeparam name="TState">Holds a state's number.</typeparam>
/// <remarks>
/// Each state waits for the one before it, so four parts are read side by side, as if each began the run. Where a part begins
/// its states are then set right, until they are what they were: from there on they are right, and that is soon.
/// </remarks>
internal sealed class AutomatonEncoder<TState>(PrefixAutomaton automaton) : AutomatonEncoder
    where TState : unmanaged, IBinaryInteger<TState>
{
    private const int LeastForParts = 64;
    private readonly TState[] next = Array.ConvertAll(automaton.Next, TState.CreateChecked);
    private readonly int letterBits = automaton.LetterBits;
    private readonly (ushort Piece, ushort Length)[] last = automaton.Last;

    public override int Encode(ReadOnlySpan<byte> codes, Span<ushort> pieces)
    {
        // States as small as pieces go where these will: a state is read before a piece comes into its place.
        var rented = typeof(TState) == typeof(ushort) ? null : ArrayPool<TState>.Shared.Rent(codes.Length);
        var states = rented is null ? MemoryMarshal.Cast<ushort, TState>(pieces[..codes.Length]) : rented.AsSpan(0, codes.Length);
        if (codes.Length >= LeastForParts) ReadParts(codes, states);
        else Read(codes, states, default);
        var taken = Take(states, pieces[..codes.Length]);
        if (rented is not null) ArrayPool<TState>.Shared.Return(rented);
        return taken;
    }

    private void ReadParts(ReadOnlySpan<byte> codes, Span<TState> states)
    {
        var part = codes.Length / 4;
        ref var table = ref MemoryMarshal.GetArrayDataReference(next);
        ref var source = ref MemoryMarshal.GetReference(codes);
        ref var target = ref MemoryMarshal.GetReference(states);
        var bits = letterBits;
        TState a = default, b = default, c = default, d = default;
        for (nint i = 0; i < part; i++)
        {
            a = Unsafe.Add(ref table, Place(a, bits, Unsafe.Add(ref source, i)));
            b = Unsafe.Add(ref table, Place(b, bits, Unsafe.Add(ref source, i + part)));
            c = Unsafe.Add(ref table, Place(c, bits, Unsafe.Add(ref source, i + 2 * part)));
            d = Unsafe.Add(ref table, Place(d, bits, Unsafe.Add(ref source, i + 3 * part)));
            Unsafe.Add(ref target, i) = a;
            Unsafe.Add(ref target, i + part) = b;
            Unsafe.Add(ref target, i + 2 * part) = c;
            Unsafe.Add(ref target, i + 3 * part) = d;
        }
        Read(codes[(4 * part)..], states[(4 * part)..], d);
        for (var begin = part; begin <= 3 * part; begin += part) Correct(codes[begin..], states[begin..], states[begin - 1]);
    }

    private void Read(ReadOnlySpan<byte> codes, Span<TState> states, TState state)
    {
        for (var i = 0; i < codes.Length; i++) states[i] = state = next[Place(state, letterBits, codes[i])];
    }

    private void Correct(ReadOnlySpan<byte> codes, Span<TState> states, TState state)
    {
        for (var i = 0; i < codes.Length; i++)
        {
            state = next[Place(state, letterBits, codes[i])];
            if (states[i] == state) return;
            states[i] = state;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Place(TState state, int bits, byte letter) => (nint)(uint)(int.CreateTruncating(state) << bits | letter);

    /// <summary>From the last to the first; there are never more than letters left behind.</summary>
    private int Take(ReadOnlySpan<TState> states, Span<ushort> pieces)
    {
        var begin = pieces.Length;
        for (var end = states.Length; end > 0;)
        {
            var (piece, length) = last[int.CreateTruncating(states[end - 1])];
            pieces[--begin] = piece;
            end -= length;
        }
        pieces[begin..].CopyTo(pieces);
        return pieces.Length - begin;
    }
}
