using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PluginHost.Plugins.Bpe;

/// <summary>Encodes a run of letters with <see cref="PrefixAutomaton"/>: reads it to its end, then takes the pieces from the last to the first.</summary>
/// <remarks>
/// Each state waits for the one before it, so four parts are read side by side, as if each began the run. Where a part begins
/// its states are then set right, until they are what they were: from there on they are right, and that is soon.
/// </remarks>
internal sealed class AutomatonEncoder(PrefixAutomaton automaton)
{
    private const int LeastForParts = 64;
    private readonly ushort[] next = automaton.Next;
    private readonly int letterBits = automaton.LetterBits;
    private readonly (ushort Piece, ushort Length)[] last = automaton.Last;

    /// <inheritdoc cref="BpeEncoder.Encode"/>
    public int Encode(ref byte codes, int count, Span<ushort> pieces)
    {
        var run = MemoryMarshal.CreateReadOnlySpan(ref codes, count);
        var states = pieces[..count];
        if (count >= LeastForParts) ReadParts(run, states);
        else Read(run, states, 0);
        return Take(states);
    }

    private void ReadParts(ReadOnlySpan<byte> run, Span<ushort> states)
    {
        var part = run.Length / 4;
        ref var table = ref MemoryMarshal.GetArrayDataReference(next);
        ref var codes = ref MemoryMarshal.GetReference(run);
        ref var target = ref MemoryMarshal.GetReference(states);
        var bits = letterBits;
        var (a, b, c, d) = (0, 0, 0, 0);
        for (nint i = 0; i < part; i++)
        {
            a = Unsafe.Add(ref table, (nint)(uint)(a << bits | Unsafe.Add(ref codes, i)));
            b = Unsafe.Add(ref table, (nint)(uint)(b << bits | Unsafe.Add(ref codes, i + part)));
            c = Unsafe.Add(ref table, (nint)(uint)(c << bits | Unsafe.Add(ref codes, i + 2 * part)));
            d = Unsafe.Add(ref table, (nint)(uint)(d << bits | Unsafe.Add(ref codes, i + 3 * part)));
            Unsafe.Add(ref target, i) = (ushort)a;
            Unsafe.Add(ref target, i + part) = (ushort)b;
            Unsafe.Add(ref target, i + 2 * part) = (ushort)c;
            Unsafe.Add(ref target, i + 3 * part) = (ushort)d;
        }
        Read(run[(4 * part)..], states[(4 * part)..], d);
        for (var begin = part; begin <= 3 * part; begin += part) Correct(run[begin..], states[begin..], states[begin - 1]);
    }

    private void Read(ReadOnlySpan<byte> run, Span<ushort> states, int state)
    {
        for (var i = 0; i < run.Length; i++) states[i] = (ushort)(state = next[state << letterBits | run[i]]);
    }

    private void Correct(ReadOnlySpan<byte> run, Span<ushort> states, int state)
    {
        for (var i = 0; i < run.Length; i++)
        {
            state = next[state << letterBits | run[i]];
            if (states[i] == state) return;
            states[i] = (ushort)state;
        }
    }

    /// <summary>Replaces states by pieces; these are never more than the letters that have been left behind.</summary>
    private int Take(Span<ushort> states)
    {
        var begin = states.Length;
        for (var end = states.Length; end > 0;)
        {
            var (piece, length) = last[states[end - 1]];
            states[--begin] = piece;
            end -= length;
        }
        states[begin..].CopyTo(states);
        return states.Length - begin;
    }
}
