using System.Text;
using CsCheck;
using ProvingLayer.Runtime;
using ProvingLayer.Runtime.Json;

namespace ProvingLayer.Tests.Json;

/// <summary>Whatever a JSON file says, it is read strictly or refused with its place; nothing throws.</summary>
public class JsonScalarsTests
{
    [Fact]
    public void Scalars_lie_under_their_paths()
    {
        var json = Read("""{"a": {"b": ["x", {"c": true}], "d": "2"}, "e": [], "f": {}}""");
        Assert.Equal("x", json.Take("a.b.0")!.Text);
        Assert.False(json.Take("a.b.1.c")!.IsString);
        Assert.Equal("2", json.Take("a.d")!.Text);
        Assert.Null(json.Take("a.b"));
        Assert.Null(json.Unknown([]));
    }

    [Theory]
    [InlineData("""{"a": "1", "a": "2"}""", 1, 12, "twice")]
    [InlineData("{\n  \"a\": {\"b\": \"1\"},\n  \"a\": \"2\"\n}", 3, 3, "twice")]
    [InlineData("{\"a\": 1.50}", 1, 7, "\"1.50\"")]
    [InlineData("{\"a\": null}", 1, 7, "null")]
    [InlineData("{\"a.b\": \"1\"}", 1, 2, "cannot be a name")]
    [InlineData("{\"a\": {\"0\": \"1\"}}", 1, 8, "cannot be a name")]
    [InlineData("{\"a\": \"1\",}", 1, 11, "not well-formed")]
    [InlineData("{\"a\": \"1\"", 1, 10, "not well-formed")]
    [InlineData("{\"a\": /* c */ \"1\"}", 1, 7, "not well-formed")]
    [InlineData("{}{}", 1, 3, "not well-formed")]
    [InlineData("[\"a\"]", 1, 1, "one object")]
    [InlineData("\"a\"", 1, 1, "one object")]
    [InlineData("", 1, 1, "not well-formed")]
    public void What_is_not_strict_json_is_refused_with_its_place(string text, int line, int column, string words)
    {
        Assert.False(JsonScalars.TryParse(Encoding.UTF8.GetBytes(text), "in.json", out _, out var error));
        Assert.Equal(TenorErrorKind.Json, error.Kind);
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_nobody_asked_for_is_named_with_its_place()
    {
        var json = Read("{\n  \"a\": \"1\",\n  \"b\": \"2\"\n}");
        json.Take("a");
        var error = json.Unknown(["a"]);
        Assert.Equal("in.json(3,8): b: no such value is expected here", error!.ToString());
    }

    [Fact]
    public void S1_deep_nesting_is_refused_and_does_not_overflow_the_stack() =>
        Assert.False(JsonScalars.TryParse(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 100_000))), null, out _, out _));

    [Fact]
    public void S1_invalid_utf8_and_lone_surrogates_are_refused()
    {
        Assert.False(JsonScalars.TryParse([.. "{\"a\": \""u8, 0xff, .. "\"}"u8], null, out _, out _));
        Assert.False(JsonScalars.TryParse("{\"a\": \"\\ud800\"}"u8.ToArray(), null, out _, out _));
        Assert.False(JsonScalars.TryParse([0xef, 0xbb, 0xbf, .. "{}"u8], null, out _, out _));
    }

    [Fact]
    public void Arbitrary_bytes_never_throw()
    {
        string[] pieces = ["{", "}", "[", "]", ":", ",", "\"a\"", "\"b\"", "1", "null", "true", " ", "\n", "\""];
        var tokens = Gen.Int[0, pieces.Length - 1].Array[0, 24].Select(indices => Encoding.UTF8.GetBytes(string.Concat(indices.Select(i => pieces[i]))));
        Gen.OneOf(Gen.Byte.Array[0, 64], tokens).Sample(
            bytes => JsonScalars.TryParse(bytes, null, out _, out var error) == (error is null), seed: "0000KOIPe036", iter: 20_000);
    }

    [Fact]
    public void A_tree_reads_back_as_it_was_written()
    {
        var tree = new JsonTree();
        tree.Add("program", "P");
        tree.Add("args.list.0.x", "1");
        tree.Add("args.list[1].x", "true", isBoolean: true);
        tree.Add("args.y", "\"quoted\" and ünïcode");
        var json = Read(Encoding.UTF8.GetString(tree.ToUtf8()));
        Assert.Equal("1", json.Take("args.list.0.x")!.Text);
        Assert.False(json.Take("args.list[1].x")!.IsString);
        Assert.Equal("\"quoted\" and ünïcode", json.Take("args.y")!.Text);
    }

    private static JsonScalars Read(string text)
    {
        Assert.True(JsonScalars.TryParse(Encoding.UTF8.GetBytes(text), "in.json", out var json, out var error), error?.ToString());
        return json;
    }
}
