using System.Collections;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A dictionary whose values are registered under their keys, in the order they were added.</summary>
    public class ModuleDict<T> : nn.Module, IDictionary<string, T>, IList<(string, T)> where T : nn.Module
    {
        private readonly Utils.OrderedDict<string, T> items = [];
        private bool registered;

        public ModuleDict() : base(nameof(ModuleDict<T>)) { }

        public T this[string key]
        {
            get => items[key];
            set => items[key] = value;
        }

        public (string, T) this[int index]
        {
            get => items[index];
            set => items[index] = value;
        }

        public ICollection<string> Keys => items.Keys;

        public ICollection<T> Values => items.Values;

        public int Count => items.Count;

        public bool IsReadOnly => false;

        protected override void RegisterComponents()
        {
            if (registered) return;
            foreach (var (key, module) in items) register_module(key, module);
            registered = true;
        }

        public void Add(string key, T value) => items.Add(key, value);

        public void Add((string, T) item) => items.Add(item);

        public void Add(KeyValuePair<string, T> item) => items.Add(item);

        public void clear() => items.Clear();

        public void Clear() => items.Clear();

        public bool Contains((string, T) item) => items.Contains(item);

        public bool Contains(KeyValuePair<string, T> item) => items.Contains(item);

        public bool ContainsKey(string key) => items.ContainsKey(key);

        public void CopyTo((string, T)[] array, int arrayIndex) => items.CopyTo(array, arrayIndex);

        public void CopyTo(KeyValuePair<string, T>[] array, int arrayIndex) => items.CopyTo(array, arrayIndex);

        public int IndexOf((string, T) item) => items.IndexOf(item);

        public void Insert(int index, (string, T) item) => items.Insert(index, item);

        public bool Remove(string key) => items.Remove(key);

        public bool Remove((string, T) item) => items.Remove(item);

        public bool Remove(KeyValuePair<string, T> item) => items.Remove(item);

        public void RemoveAt(int index) => items.RemoveAt(index);

        public bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T value) =>
            items.TryGetValue(key, out value);

        public IEnumerator<(string, T)> GetEnumerator() => items.GetEnumerator();

        IEnumerator<KeyValuePair<string, T>> IEnumerable<KeyValuePair<string, T>>.GetEnumerator() =>
            ((IEnumerable<KeyValuePair<string, T>>)items).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ModuleDict<Module> ModuleDict(params (string, Module)[] modules) => ModuleDict<Module>(modules);

            public static ModuleDict<T> ModuleDict<T>(params (string, T)[] modules) where T : Module
            {
                var dict = new ModuleDict<T>();
                foreach (var (key, module) in modules) dict.Add(key, module);
                return dict;
            }
        }
    }
}
