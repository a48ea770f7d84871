using System.Text;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Parameters and persistent buffers by dotted name. The tensors are the module's own.</summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                foreach (var (key, parameter) in _internal_params) _ = destination.TryAdd(Join(prefix, key), parameter);
                foreach (var (key, (buffer, persistent)) in _internal_buffers)
                {
                    if (persistent) _ = destination.TryAdd(Join(prefix, key), buffer);
                }

                foreach (var (key, module) in _internal_submodules) _ = module.state_dict(destination, Join(prefix, key));
                return destination;
            }

            /// <summary>Copies tensors into the parameters and buffers of the same names.</summary>
            /// <param name="strict">Whether a missing or an unexpected name is an error.</param>
            /// <param name="skip">Names to leave alone.</param>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                skip ??= [];
                var destination = state_dict();
                var unexpected = source.Keys.Where(key => !skip.Contains(key) && !destination.ContainsKey(key)).ToList();
                var missing = destination.Keys.Where(key => !skip.Contains(key) && !source.ContainsKey(key)).ToList();
                if (strict && missing.Count + unexpected.Count > 0)
                    throw new InvalidOperationException("The loaded state_dict is not identical to the target dictionary." +
                        Sample(" Missing", missing) + Sample(" Unexpected", unexpected));
                using var frozen = no_grad();
                foreach (var (key, tensor) in source)
                {
                    if (!skip.Contains(key) && destination.TryGetValue(key, out var target)) _ = target.copy_(tensor);
                }

                return (missing, unexpected);
            }

            private static string Join(string? prefix, string key) => string.IsNullOrEmpty(prefix) ? key : $"{prefix}.{key}";

            private static string Sample(string label, List<string> keys) =>
                keys.Count == 0 ? "" : $"{label}: {string.Join(", ", keys.Take(5))}{(keys.Count > 5 ? ", ..." : "")}.";
        }
    }
}
