using System.Text.Json;
using static TorchSharp.torch;

namespace Torch.Tests.Golden;

/// <summary>Tensors recorded by make_golden.py.</summary>
internal sealed record Recorded(long[] Shape, string Type, JsonElement Data)
{
    internal Tensor ToTensor() => Type switch
    {
        "float32" => tensor(Data.EnumerateArray().Select(v => (float)v.GetDouble()).ToArray(), Shape),
        "int64" => tensor(Data.EnumerateArray().Select(v => v.GetInt64()).ToArray(), Shape),
        "bool" => tensor(Data.EnumerateArray().Select(v => v.GetBoolean()).ToArray(), Shape),
        _ => throw new NotSupportedException(Type),
    };
}

internal sealed record OperatorCase(string Name, Recorded[] Inputs, Recorded[] Outputs, Recorded?[] Grads);

internal sealed record AdamWStep(int Step, double Norm, Recorded[] Params, Recorded[] Exp_avg, Recorded[] Exp_avg_sq);

internal sealed record AdamWRun(double Weight_decay, bool Amsgrad, double Clip, Recorded[] Start, AdamWStep[] Steps);

internal sealed record Operators(string Torch, OperatorCase[] Cases);

internal sealed record AdamWRuns(string Torch, AdamWRun[] Runs);

internal static class GoldenFile
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    internal static T Read<T>(string name)
    {
        using var stream = typeof(GoldenFile).Assembly.GetManifestResourceStream($"Torch.Tests.Golden.{name}")!;
        return JsonSerializer.Deserialize<T>(stream, Options)!;
    }
}
