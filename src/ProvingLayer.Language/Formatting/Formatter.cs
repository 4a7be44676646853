using System.Text;
using Antlr4.Runtime;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Grammar;
using ProvingLayer.Language.Parsing;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Formatting;

/// <summary>
/// Source text in its one form: four spaces a level, one space or none between two tokens, at most one blank line, LF. Where lines break is
/// the author's: the formatter neither breaks nor joins them. In lines that follow each other the arrows of a match, the <c>else</c> of
/// requirements and the comments behind code stand below each other. Comments stay as they are.
/// </summary>
public static class Formatter
{
    /// <summary>Formats a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="diagnostics">Where mistakes of syntax are reported: such a file is not formatted.</param>
    /// <returns>Its text, which means the same and is formatted to itself; null if it has mistakes.</returns>
    public static string? Format(SourceFile file, DiagnosticBag diagnostics)
    {
        if (Parsing.Parser.ParseTrees(file, diagnostics) is not { } parsed)
        {
            return null;
        }

        var lines = new LineLayout(file.Text, parsed.Tokens, TokenRoles.Of(parsed.Trees)).Run();
        Alignment.Align(lines);
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.Append(line.ToString()).Append('\n');
        }

        return text.ToString();
    }
}

/// <summary>What a piece of a line is aligned by.</summary>
internal enum AlignmentPoint
{
    None,
    Arrow,
    RequireElse,
    Comment,
}

/// <summary>A token or comment in a line.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Point">What it is aligned by.</param>
internal sealed record Piece(string Text, AlignmentPoint Point)
{
    /// <summary>How many spaces stand before it.</summary>
    public int Spaces { get; set; }
}

/// <summary>A line; one without pieces is blank.</summary>
/// <param name="Indent">Its spaces.</param>
internal sealed record Line(int Indent)
{
    public List<Piece> Pieces { get; } = [];

    /// <summary>Where a piece starts, counted from the first.</summary>
    public int StartOf(Piece piece)
    {
        var at = 0;
        foreach (var other in Pieces)
        {
            at += other.Spaces;
            if (ReferenceEquals(other, piece))
            {
                break;
            }

            at += other.Text.Length;
        }

        return at;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(' ', Pieces.Count == 0 ? 0 : Indent);
        foreach (var piece in Pieces)
        {
            text.Append(' ', piece.Spaces).Append(piece.Text);
        }

        return text.ToString();
    }
}

/// <summary>Lays tokens and the comments between them out in lines.</summary>
internal sealed class LineLayout(string source, TokenList tokens, Dictionary<int, TokenRole> roles)
{
    private const int Step = 4;

    private readonly List<Line> _lines = [];

    /// <summary>The brackets that are open: the indentation of the lines they were opened in, and whether they hold statements or a list.</summary>
    private readonly Stack<(int Indent, bool IsBrace, bool HoldsStatements)> _open = new();

    private CommonToken? _previous;
    private Line? _line;

    /// <summary>The indentation that the brackets of this line count from.</summary>
    private int _base;
    private int _breaks;
    private bool _isAfterBlockComment;
    private bool _isAfterOpener;

    public List<Line> Run()
    {
        var end = 0;
        for (var i = 0; i < tokens.Size; i++)
        {
            var token = tokens[i];
            Gap(end, token.StartIndex, token);
            if (token.Type == TenorParser.Eof)
            {
                break;
            }

            Token(token);
            end = token.StopIndex + 1;
        }

        while (_lines.Count > 0 && _lines[_lines.Count - 1].Pieces.Count == 0)
        {
            _lines.RemoveAt(_lines.Count - 1);
        }

        return _lines;
    }

    // Line breaks and comments between two tokens.
    private void Gap(int start, int end, CommonToken next)
    {
        for (var at = start; at < end;)
        {
            var c = source[at];
            if (c is '\n' or '\r')
            {
                _breaks++;
                at += c == '\r' && at + 1 < end && source[at + 1] == '\n' ? 2 : 1;
            }
            else if (c == '/')
            {
                var isLong = source[at + 1] == '*';
                var stop = isLong ? source.IndexOf("*/", at + 2, StringComparison.Ordinal) + 2 : source.IndexOfAny(['\n', '\r'], at);
                stop = stop < 0 || stop > end ? end : stop;
                Comment(source.Substring(at, stop - at), isLong, next);
                at = stop;
            }
            else
            {
                at++;
            }
        }
    }

    private void Comment(string text, bool isLong, CommonToken next)
    {
        var isOwnLine = _line is null || _breaks > 0;
        if (isOwnLine)
        {
            // Before a closing bracket it belongs to what is inside, elsewhere to what follows.
            StartLine(IsCloser(next.Type) && _open.Count > 0 ? _open.Peek().Indent + Step : IndentOf(next));
        }

        var lines = text.Replace("\r\n", "\n").Replace('\r', '\n');
        _line!.Pieces.Add(new(isLong ? lines : lines.TrimEnd(), isLong || isOwnLine ? AlignmentPoint.None : AlignmentPoint.Comment)
        {
            Spaces = isOwnLine ? 0 : isLong ? 1 : 2,
        });
        (_breaks, _isAfterBlockComment, _isAfterOpener) = (0, isLong, false);
    }

    private void Token(CommonToken token)
    {
        var isNewLine = _line is null || _breaks > 0;
        if (isNewLine)
        {
            StartLine(IndentOf(token));
        }

        var point = token.Type == TenorParser.FATARROW ? AlignmentPoint.Arrow
            : RoleOf(token).HasFlag(TokenRole.RequireElse) ? AlignmentPoint.RequireElse
            : AlignmentPoint.None;
        _line!.Pieces.Add(new(source.Substring(token.StartIndex, token.StopIndex + 1 - token.StartIndex), isNewLine ? AlignmentPoint.None : point)
        {
            Spaces = !isNewLine && (_isAfterBlockComment || HasSpace(_previous!, token)) ? 1 : 0,
        });
        if (IsOpener(token))
        {
            var isBrace = token.Type == TenorParser.LBRACE;
            _open.Push((_base, isBrace, RoleOf(token).HasFlag(TokenRole.Statements)));
        }
        else if (IsCloser(token.Type) && _open.Count > 0)
        {
            _base = _open.Pop().Indent; // what opens behind it belongs to the line that it goes back to
        }

        (_previous, _breaks, _isAfterBlockComment, _isAfterOpener) = (token, 0, false, IsOpener(token));
    }

    private void StartLine(int indent)
    {
        if (_breaks > 1 && _lines.Count > 0 && !_isAfterOpener)
        {
            _lines.Add(new(0));
        }

        _lines.Add(_line = new(indent));
        _base = indent;
    }

    private int IndentOf(CommonToken token)
    {
        // A line of closing brackets stands below the line that opened the last of them.
        if (IsCloser(token.Type) && _open.Count > 0)
        {
            _breaks = Math.Min(_breaks, 1); // and below no blank line
            return _open.Peek().Indent;
        }

        var (inner, inBrace, holdsStatements) = _open.Count == 0 ? (0, true, true) : (_open.Peek().Indent + Step, _open.Peek().IsBrace, _open.Peek().HoldsStatements);
        return inner + (inBrace && Continues(token, holdsStatements) ? Step : 0);
    }

    /// <summary>Whether a token at the start of a line goes on with what the line before began.</summary>
    private bool Continues(CommonToken token, bool holdsStatements) =>
        _previous is { Type: not (TenorParser.SEMI or TenorParser.LBRACE or TenorParser.RBRACE) }
        && token.Type is not (TenorParser.LBRACE or TenorParser.Eof)
        && !RoleOf(_previous).HasFlag(TokenRole.EndsItem)
        && (_previous.Type != TenorParser.COMMA || holdsStatements);

    private static bool IsCloser(int type) => type is TenorParser.RBRACE or TenorParser.RPAREN or TenorParser.RBRACKET;

    private static bool IsOpener(CommonToken token) => token.Type is TenorParser.LBRACE or TenorParser.LPAREN or TenorParser.LBRACKET;

    private TokenRole RoleOf(CommonToken token) => roles.TryGetValue(token.StartIndex, out var role) ? role : TokenRole.None;

    private bool HasSpace(CommonToken left, CommonToken right)
    {
        if (RoleOf(left).HasFlag(TokenRole.TightAfter) || RoleOf(right).HasFlag(TokenRole.TightBefore))
        {
            return false;
        }

        return RoleOf(right).HasFlag(TokenRole.SpaceBefore) || (left.Type is not (TenorParser.LPAREN or TenorParser.LBRACKET or TenorParser.DOT or TenorParser.ATSIGN or TenorParser.BANG)
            && right.Type is not (TenorParser.RPAREN or TenorParser.RBRACKET or TenorParser.DOT or TenorParser.COMMA or TenorParser.SEMI
                or TenorParser.COLON or TenorParser.QUESTION)
            && !(left.Type == TenorParser.LBRACE && right.Type == TenorParser.RBRACE));
    }
}
