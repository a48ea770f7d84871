using System.Collections;

namespace TorchSharp.Utils;

/// <summary>A dictionary that enumerates its pairs in the order they were added.</summary>
public class OrderedDict<TKey, TValue> : IDictionary<TKey, TValue>, IList<(TKey, TValue)> where TKey : notnull
{
    private readonly OrderedDictionary<TKey, TValue> entries = [];

    public TValue this[TKey key]
    {
        get => entries[key];
        set => entries[key] = value;
    }

    public (TKey, TValue) this[int index]
    {
        get => (entries.GetAt(index).Key, entries.GetAt(index).Value);
        set
        {
            entries.RemoveAt(index);
            entries.Insert(index, value.Item1, value.Item2);
        }
    }

    public ICollection<TKey> Keys => entries.Keys;

    public ICollection<TValue> Values => entries.Values;

    public int Count => entries.Count;

    public bool IsReadOnly => false;

    public void Add(TKey key, TValue value) => entries.Add(key, value);

    public void Add(KeyValuePair<TKey, TValue> item) => entries.Add(item.Key, item.Value);

    public void Add((TKey, TValue) item) => entries.Add(item.Item1, item.Item2);

    public bool TryAdd(TKey key, TValue value) => entries.TryAdd(key, value);

    public void clear() => entries.Clear();

    public void Clear() => entries.Clear();

    public bool Contains(KeyValuePair<TKey, TValue> item) =>
        entries.TryGetValue(item.Key, out var value) && EqualityComparer<TValue>.Default.Equals(value, item.Value);

    public bool Contains((TKey, TValue) item) => Contains(new KeyValuePair<TKey, TValue>(item.Item1, item.Item2));

    public bool ContainsKey(TKey key) => entries.ContainsKey(key);

    public bool TryGetValue(TKey key, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out TValue value) =>
        entries.TryGetValue(key, out value);

    public int IndexOf((TKey, TValue) item) => entries.IndexOf(item.Item1);

    public void Insert(int index, (TKey, TValue) item) => entries.Insert(index, item.Item1, item.Item2);

    public bool Remove(TKey key) => entries.Remove(key);

    public bool Remove(KeyValuePair<TKey, TValue> item) => Contains(item) && entries.Remove(item.Key);

    public bool Remove((TKey, TValue) item) => Contains(item) && entries.Remove(item.Item1);

    public void RemoveAt(int index) => entries.RemoveAt(index);

    public void CopyTo(KeyValuePair<TKey, TValue>[] array, int arrayIndex)
    {
        foreach (var pair in entries) array[arrayIndex++] = pair;
    }

    public void CopyTo((TKey, TValue)[] array, int arrayIndex)
    {
        foreach (var pair in entries) array[arrayIndex++] = (pair.Key, pair.Value);
    }

    public IEnumerator<(TKey, TValue)> GetEnumerator()
    {
        foreach (var pair in entries) yield return (pair.Key, pair.Value);
    }

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() => entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
