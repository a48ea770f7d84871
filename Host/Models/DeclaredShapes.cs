using PluginHost.Checkpoints;
using PluginHost.Torch;

namespace PluginHost.Host.Models;

/// <summary>
/// Compares what a model folder says of itself with the header of its weights before anything of that size is allocated: a folder of
/// somebody else may claim any size.
/// </summary>
public static class DeclaredShapes
{
    /// <summary>Builds a model for its names and shapes alone, and compares them.</summary>
    /// <param name="weights">The safetensors file.</param>
    /// <param name="build">Builds the model.</param>
    /// <param name="withHeads">Whether heads are compared; not where theirs come from elsewhere.</param>
    /// <exception cref="DataException">A weight is missing or has another shape.</exception>
    public static void Check(string weights, Func<TaskModel> build, bool withHeads = true)
    {
        using var file = SafetensorsFile.Open(weights);
        TaskModel model;
        try
        {
            using (Skeleton.Open()) model = build();
        }
        // A module that reads values while it is built has no skeleton; what else is wrong with it comes out when it is built.
        catch (Exception failure) when (failure is not (HostException or OperationCanceledException) || failure is PluginException)
        {
            return;
        }
        using (model)
        {
            var heads = withHeads ? [] : model.HeadState().Select(h => h.Name).ToHashSet();
            Weights.CheckShapes(weights, file, [.. model.State().Where(s => !heads.Contains(s.Name))]);
        }
    }
}
